# A key without value.
fromTOML ''
  x =
''
