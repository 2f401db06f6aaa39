# Underscores stand between digits.
fromTOML ''
  x = 1__0
''
