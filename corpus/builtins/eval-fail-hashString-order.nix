# The algorithm is checked before the string is forced.
builtins.hashString "none" (throw "not reached")
