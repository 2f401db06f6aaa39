# The algorithm is checked before the path is forced.
builtins.hashFile "none" (throw "the path")
