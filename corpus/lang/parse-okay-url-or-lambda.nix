# L12: what makes `x:` a lambda instead of a URL
[
  x:x
  (x: x)
  (x :x)
  (x:[ x ])
  (x:(x))
  (x:{ y = x; })
  (x:"s")
  (x:# comment
  x)
]
