# L7: spaces after an interpolation are not indentation
x: [
  ''
    ${x}  
  ''
  ''
    a
    ${x}''
  ''
    ${x}  ''
  ''
    ${x} 
      b
  ''
]
