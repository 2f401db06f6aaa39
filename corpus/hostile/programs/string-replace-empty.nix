# memory: an empty pattern matches between all bytes, again and again
let go = n: s: if n == 0 then s else go (n - 1) (builtins.replaceStrings [ "" ] [ "0123456789" ] s); in builtins.stringLength (go 20 "x")
