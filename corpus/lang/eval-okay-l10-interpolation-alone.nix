# A string that is only an interpolation still coerces: "${x}" of a set is a string. (L10)
let x = { outPath = "/out"; }; in [ (builtins.typeOf "${x}") (builtins.typeOf "${"a"}") ("${x}" == x) ]
