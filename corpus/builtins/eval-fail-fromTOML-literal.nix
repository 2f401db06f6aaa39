# A word that is cut off.
fromTOML ''
  x = tru
''
