# The expression in inherit (e) is evaluated once, when the first attribute is. (L24, L52)
let
  s = { inherit (builtins.trace "evaluated" { a = 1; b = 2; }) a b; };
in
builtins.trace "start" (builtins.seq s (builtins.trace "set" (s.a + s.b + (throw "end"))))
