# The start set is required.
builtins.genericClosure { operator = x: [ ]; }
