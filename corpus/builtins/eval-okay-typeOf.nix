# The names of types, and the tests for them.
let
  values = [ 1 1.0 "s" ./p null true { } [ ] (x: x) builtins.add (builtins.add 1) { __functor = self: x: x; } (derivation { name = "n"; builder = "b"; system = "s"; }) ];
  b = builtins;
in
map (v: [
  (b.typeOf v)
  (map (f: if f v then 1 else 0) [ b.isInt b.isFloat b.isString b.isPath isNull b.isBool b.isAttrs b.isList b.isFunction ])
]) values
