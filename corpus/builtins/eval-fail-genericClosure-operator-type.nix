# The operator must be a function.
builtins.genericClosure { startSet = [ { key = 1; } ]; operator = [ ]; }
