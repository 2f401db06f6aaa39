# A dotted key through a value that is no table.
fromTOML ''
  a = 1
  a.b = 2
''
