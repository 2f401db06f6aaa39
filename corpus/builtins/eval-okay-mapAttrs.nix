# mapAttrs gives unevaluated applications of f to name and value.
[
  (builtins.mapAttrs (name: value: "${name}=${toString value}") { a = 1; b = 2; })
  (builtins.mapAttrs (throw "not reached") { })
  (builtins.attrNames (builtins.mapAttrs (throw "not reached") { a = 1; }))
  (builtins.mapAttrs (name: value: name) { a = throw "not reached"; })
  (builtins.mapAttrs 1 { })
  (builtins.mapAttrs builtins.getAttr { a = { a = 5; }; })
  (builtins.mapAttrs { __functor = self: n: v: n; } { x = 1; })
  (builtins.mapAttrs (n: v: v))
]
