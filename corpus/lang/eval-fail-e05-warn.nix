# warn prints a warning first. (E5)
builtins.warn "careful" (throw "end")
