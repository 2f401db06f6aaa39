# memory: toString of a list that shares its parts, 2^50 words
let go = n: x: if n == 0 then x else go (n - 1) [ x x ]; in builtins.stringLength (toString (go 50 [ "w" ]))
