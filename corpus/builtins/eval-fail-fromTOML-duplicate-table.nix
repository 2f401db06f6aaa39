# A table that is there already.
fromTOML ''
  [a]
  [a]
''
