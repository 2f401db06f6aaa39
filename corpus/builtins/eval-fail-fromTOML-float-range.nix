# A float out of range.
fromTOML ''
  x = 1e400
''
