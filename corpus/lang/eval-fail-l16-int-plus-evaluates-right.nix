# ... for numbers, too, though only the right one shows the type error. (L16, L53)
(builtins.trace "left" 1) + (builtins.trace "right" [ ])
