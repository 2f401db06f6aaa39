# A bad pattern is an error before the string is forced.
builtins.match "(" (throw "not reached")
