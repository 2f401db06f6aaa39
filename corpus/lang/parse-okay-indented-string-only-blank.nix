# L7: nothing but blank lines
[
''
''
''

''
''
  
    
  ''
''
  ${""}
  ''
]
