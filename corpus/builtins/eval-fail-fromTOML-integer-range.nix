# An integer that does not fit.
fromTOML ''
  x = 9223372036854775808
''
