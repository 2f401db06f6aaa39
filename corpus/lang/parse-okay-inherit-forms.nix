# L24: inherit
a: b: [
  { inherit a; }
  { inherit a b; }
  { inherit (a) c; }
  { inherit (a) c d; inherit (b) e; }
  { inherit (a.b or { }) c; }
  rec { inherit a; c = a; }
  (let inherit a; inherit (b) c; in [ a c ])
]
