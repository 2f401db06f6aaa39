# L7: an interpolation at the start of a line counts as text
x: [
  ''
    a
   ${x}
     b
  ''
  ''
    ${x}
      b ${x} c
    d${x}
  ''
  ''${x}
    a
  ''
]
