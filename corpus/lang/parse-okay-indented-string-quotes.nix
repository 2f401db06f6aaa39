# L9: single quotes in indented strings
x: [
  ''a'b''
  '' ' ''
  '''a'''b''
  ''a'${x}'b''
]
