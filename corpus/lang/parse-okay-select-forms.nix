# L36: selection
a: x: [
  a.b
  a.b.c
  a."b"
  a."b c".d
  a.${x}
  a."${x}"
  a.${"b"}
  a."b${x}".${x}.c
  a.${x + "y"}
  a . b
  { b = 1; }.b
  (a x).b
  "s".b
  [ ].b
]
