# Positions inside strings of several lines. (E5)
''
  first line
  second ${toString { }} line
''
