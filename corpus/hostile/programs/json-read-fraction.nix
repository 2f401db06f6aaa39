# errors: fromJSON of fractions of sixteen million digits with giant exponents
let d = builtins.foldl' (s: _: s + s) "1" (builtins.genList (i: i) 24); in builtins.fromJSON "[0.${d},1e-${d},${d}e-${d},${d}.${d}e${d}]"
