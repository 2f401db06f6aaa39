# A path after a set is not copied to the store: only strings and interpolation do that. (L16)
let o = { outPath = "o"; }; in [ (o + ./files/one) (builtins.hasContext (o + ./files/one)) (builtins.hasContext ("" + o + ./files/one)) (o + ./a + "/../b") ({ outPath = ./a; } + "") ]
