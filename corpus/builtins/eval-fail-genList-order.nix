# genList forces the length before the function.
builtins.genList (throw "function") (builtins.trace "length" 1)
