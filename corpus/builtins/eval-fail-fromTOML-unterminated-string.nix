# A string without end.
fromTOML ''
  x = "a
''
