# L9: a newline escaped with ''\ is kept
''
    a''\
    b
  ''
