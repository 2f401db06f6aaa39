# L24: the source of inherit-from sees the names of rec and let
[
  rec { a = { b = 1; }; inherit (a) b; }
  (let a = { b = 1; }; inherit (a) b; in b)
  (a: { inherit (a) a; })
  (let inherit (a) a; in a)
]
