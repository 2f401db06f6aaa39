# An escape that does not exist.
fromTOML ''
  x = "\q"
''
