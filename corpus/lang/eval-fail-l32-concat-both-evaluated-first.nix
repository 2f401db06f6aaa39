# Both operands of ++ are evaluated before either is checked. (L32, L53)
(builtins.trace "left" 1) ++ (builtins.trace "right" (throw "right"))
