# A path plus a string with context. (L16, L44)
let f = builtins.toFile "f" "x"; in { p = ./a + "/${f}"; }
