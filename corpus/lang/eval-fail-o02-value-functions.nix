# Functions in messages. (O2)
let v = [ (x: x) ({ a }: a) map (map 1) { __functor = self: 1; } { named = y: y; } ]; in builtins.deepSeq v (v // { })
