# What toJSON writes, fromJSON reads back as the same value.
let
  v = { a = [ 1 1.5 true null "é\n\"" { } [ ] ]; "b c" = { "" = -1; }; };
in
[
  (builtins.fromJSON (builtins.toJSON v) == v)
  (builtins.toJSON (builtins.fromJSON ''{ "b" : 1.0, "a" : 1e2, "c" : 100000000000000000000 }''))
]
