# Sets with __functor in place of functions, wherever a function is wanted.
let
  f = { __functor = self: x: x + self.n; n = 10; };
  g = { __functor = self: a: b: a + b; };
  nested = { __functor = { __functor = self: x: y: y; }; };
in
{
  map = map f [ 1 2 ];
  foldl = builtins.foldl' g 0 [ 1 2 3 ];
  sort = builtins.sort { __functor = self: a: b: a > b; } [ 1 3 2 ];
  genList = builtins.genList f 2;
  filter = builtins.filter { __functor = self: x: x > 1; } [ 1 2 ];
  groupBy = builtins.groupBy { __functor = self: toString; } [ 1 2 1 ];
  partition = builtins.partition { __functor = self: x: x > 1; } [ 1 2 ];
  concatMap = builtins.concatMap { __functor = self: x: [ x x ]; } [ 1 ];
  zip = builtins.zipAttrsWith { __functor = self: n: vs: n; } [ { a = 1; } ];
  closure = builtins.genericClosure { startSet = [ { key = 1; } ]; operator = { __functor = self: x: [ ]; }; };
  path = builtins.path { path = ./files/tree; filter = { __functor = self: p: t: true; }; } == "${./files/tree}";
  all = builtins.all { __functor = self: x: true; } [ 1 ];
  nested = nested 1;
  builtin = (builtins.mapAttrs { __functor = builtins.add 1 1; } { });
  isFunction = builtins.isFunction f;
}
