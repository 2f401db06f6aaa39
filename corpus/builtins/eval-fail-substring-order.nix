# A negative start is an error before the length is forced.
builtins.substring (builtins.trace "start" (-1)) (throw "length") (throw "string")
