# Numbers have no leading zero.
fromTOML ''
  x = 01
''
