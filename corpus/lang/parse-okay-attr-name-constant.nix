# L20: a constant string in ${ } is a static name
[
  { ${"a"} = 1; }
  { ${"a b"}.${"c"} = 1; ${"a b"}.d = 2; }
  { ${''a''} = 1; }
  (let ${"a"} = 1; in a)
  (rec { ${"a"} = 1; b = a; })
]
