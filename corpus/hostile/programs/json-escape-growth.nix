# memory: toJSON of toJSON of toJSON, twice as many backslashes each time
let go = n: s: if n == 0 then s else go (n - 1) (builtins.toJSON s); in builtins.stringLength (go 60 "\"")
