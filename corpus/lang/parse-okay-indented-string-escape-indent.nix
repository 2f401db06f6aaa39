# L9: escapes at the start of a line count as text
[
  ''
    a
  ''\tb
  ''
  ''
    a
  '''b
  ''
  ''
    a
  ''${b
  ''
  ''
    a''\n  b
      c
  ''
]
