# The left operand is evaluated and checked before the right one. (L16, L53)
builtins.trace "left" null + builtins.trace "right" (throw "right")
