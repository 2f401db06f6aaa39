# A table under the name of an array.
fromTOML ''
  [[a]]
  [a]
''
