# Frames that repeat with attributes between. (E5)
let f = n: { v = if n == 0 then throw "bottom" else (f (n - 1)).v; }; in (f 6).v
