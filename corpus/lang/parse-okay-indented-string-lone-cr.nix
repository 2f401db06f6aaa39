''
    a    b
    c
  ''
