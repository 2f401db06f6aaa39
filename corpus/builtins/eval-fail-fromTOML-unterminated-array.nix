# An array without end.
fromTOML ''
  x = [1, 2
''
