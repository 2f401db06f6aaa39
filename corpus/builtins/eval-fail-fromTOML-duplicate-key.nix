# A key that is there already.
fromTOML ''
  x = 1
  x = 2
''
