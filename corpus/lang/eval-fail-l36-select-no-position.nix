# An attribute without a position has no frame. (L36, E5)
let s = builtins.mapAttrs (n: v: throw "value ${n}") { a = 1; }; in { r = s.a; }
