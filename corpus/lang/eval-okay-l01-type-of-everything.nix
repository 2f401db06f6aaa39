# typeOf and the is* functions agree for each of the nine types. (L1)
let
  values = [ 1 1.0 true "s" ./x null { } [ ] (x: x) builtins.map (builtins.map (x: x)) { __functor = self: x: x; } ];
in
map (v: [
  (builtins.typeOf v)
  (builtins.isInt v) (builtins.isFloat v) (builtins.isBool v) (builtins.isString v) (builtins.isPath v)
  (builtins.isNull v) (builtins.isAttrs v) (builtins.isList v) (builtins.isFunction v)
]) values
