# Only functions have formals.
builtins.functionArgs "x: x"
