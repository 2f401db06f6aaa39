# The start set must be a list.
builtins.genericClosure { startSet = { key = 1; }; operator = x: [ ]; }
