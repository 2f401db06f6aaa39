# Inherited attributes are overridden; dynamic attributes come after. (L19, L20)
let a = "outer"; in rec { inherit a; b = a; __overrides = { a = "over"; }; ${"d" + "yn"} = a; }
