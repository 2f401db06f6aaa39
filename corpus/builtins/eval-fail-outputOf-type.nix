# The derivation must be a string or a set with a path.
builtins.outputOf 1 "out"
