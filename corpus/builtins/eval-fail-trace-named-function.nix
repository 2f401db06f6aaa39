# A function that has a name prints with it.
let
  named = x: x;
  set.member = { a }: a;
in
builtins.trace named (builtins.trace set.member (builtins.trace [ named (x: x) ] (throw "end")))
