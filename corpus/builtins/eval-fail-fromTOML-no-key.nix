# A value alone.
fromTOML ''
  = 1
''
