# L7: a last line of spaces sets no indentation and is dropped
[
  ''
    a
  ''
  ''
    a
      ''
  ''
    a
b''
  ''
    a
  b''
]
