# Calling a set calls its __functor with the set itself. (L28)
let
  add = { x = 10; __functor = self: y: self.x + y; };
  formals = { __functor = self: { a, b ? 2 }: a + b; };
  nested = { __functor = { __functor = self: other: n: [ (self ? __functor) (other ? __functor) n ]; }; };
in
[ (add 1) ((add // { x = 20; }) 1) (formals { a = 1; }) (map add [ 1 2 ]) (nested 5) (builtins.isFunction add) (builtins.typeOf add) (builtins.filter { __functor = _: x: x > 1; } [ 1 2 3 ]) ({ __functor = self: self.go; go = x: x * 2; } 4) ({ __functor = builtins.add; } ? x) ]
