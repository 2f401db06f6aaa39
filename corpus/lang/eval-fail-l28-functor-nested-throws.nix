# ... of a functor within a functor. (L28)
let
  inner = { __functor = self: outer: x: x + throw "inner"; };
  f = { __functor = inner; };
in
f 1
