# memory: each letter becomes ten, and that ten times
let go = n: s: if n == 0 then s else go (n - 1) (builtins.replaceStrings [ "a" "b" ] [ "bbbbbbbbbb" "aaaaaaaaaa" ] s); in builtins.stringLength (go 12 "a")
