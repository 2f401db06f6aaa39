# An inline table on two lines.
fromTOML ''
  x = { a = 1
  }
''
