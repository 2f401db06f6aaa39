# The values of TOML.
fromTOML ''
  # comment
  int = 1
  plus = +99
  negative = -17
  under_score = 1_000_000
  hex = 0xDEAD_beef
  oct = 0o755
  bin = 0b1101
  max = 9223372036854775807
  min = -9223372036854775808
  float = 1.5
  exponent = 5e+22
  both = -6.626e-34
  underFloat = 9_224_617.445_991
  true = true
  false = false
  basic = "a\"b\\c\t\u00e9\U0001F600"
  literal = 'C:\dir'
  multi = """
  first \
     joined
  second"""
  empty = ""
  array = [ 1, 2, 3 ]
  mixed = [ 1, "a", [ true ], { x = 1 } ]
  trailing = [
    1, # one
    2,
  ]
  emptyArray = []
  inline = { x = 1, y.z = 2 }
  emptyInline = {}
  dotted.key.path = 1
  dotted."quoted.key" = 2
  "" = "empty key"
  "key with blanks" = 1
  'literal key' = 2
  1234 = "digits"
  key-dash_under = 1

  [table]
  a = 1
  [table.sub]
  b = 2
  [ spaced . "quoted part" ]
  c = 3
  [[array-of-tables]]
  n = 1
  [[array-of-tables]]
  n = 2
  [[array-of-tables.nested]]
  m = 1
  [[array-of-tables]]
''
