# Dynamic names: from expressions, interpolated, null leaves the attribute out. (L20)
let n = "x"; none = null; in { ${n} = 1; "${n}y" = 2; ${none} = throw "never"; ${if true then null else "z"} = 3; ${"a b"} = 4; "" = 5; ${n + "z"}.${n}.w = 6; }
