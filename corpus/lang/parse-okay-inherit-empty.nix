# L24: empty inherits
a: [
  { inherit; }
  { inherit (a); }
  (let inherit; in a)
  (let inherit (a); in a)
  { inherit; inherit; b = 1; }
]
