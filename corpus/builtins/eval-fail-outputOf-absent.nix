# outputOf is not there without dynamic-derivations.
builtins.outputOf "x" "out"
