# L22: let { } selects body
[
  (let { body = a; a = 1; })
  (let { })
  (let { a = 1; }.a)
  (let { x.body = 1; body = x; } 1)
  [ let { body = 1; } ]
]
