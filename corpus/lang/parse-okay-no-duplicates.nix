# L56: equal names that do not clash
a: [
  { a = { b = 1; }; c = { b = 2; }; }
  { a.b = 1; "a".c = 2; ${"a"}.d = 3; }
  rec { b = 1; c = { b = 2; }; }
  ({ a, b }: { a = 1; b = 2; })
  (let b = 1; in let b = 2; in b)
  { inherit (a) b c; d = { inherit (a) b c; }; }
]
