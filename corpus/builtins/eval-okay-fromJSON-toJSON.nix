# What is written reads back, and context is lost on the way only by force.
let
  v = { a = [ 1 1.5 true null "é\n\"" { } [ ] ]; "b c" = { "" = -1; }; };
in
[
  (builtins.fromJSON (builtins.toJSON v) == v)
  (builtins.toJSON (builtins.fromJSON ''{ "b" : 1.0, "a" : 1e2, "c" : 100000000000000000000 }''))
]
