# Repeated values in a message. (O2)
let s = { x = 1; }; v = [ s s { inherit s; } ]; in builtins.deepSeq v (v // { })
