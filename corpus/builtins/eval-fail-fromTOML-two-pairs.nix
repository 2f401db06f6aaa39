# Two pairs on a line.
fromTOML ''
  x = 1 y = 2
''
