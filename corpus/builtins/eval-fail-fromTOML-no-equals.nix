# A key alone.
fromTOML ''
  x
''
