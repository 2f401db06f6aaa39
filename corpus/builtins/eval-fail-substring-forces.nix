# The string is forced even for length 0.
builtins.substring (builtins.trace "start" 0) (builtins.trace "length" 0) (throw "string")
