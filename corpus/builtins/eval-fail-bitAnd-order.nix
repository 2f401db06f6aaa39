# bitAnd checks its first argument before it forces the second.
builtins.bitAnd (builtins.trace "first" "a") (builtins.trace "second" 1)
