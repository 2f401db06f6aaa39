# memory: infinity and NaN as JSON, in a long list
let inf = 1.0e308 * 10; in builtins.stringLength (builtins.toJSON (builtins.genList (i: if i == 2999999 then inf - inf else 0.1 * i) 3000000))
