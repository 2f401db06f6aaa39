# A warning goes out before the second argument is forced.
builtins.warn "the warning" (throw "end")
