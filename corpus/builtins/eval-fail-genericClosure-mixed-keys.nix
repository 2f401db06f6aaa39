# Keys of different types cannot be ordered; the trace shows both elements.
builtins.genericClosure { startSet = [ { key = 1; } { key = "a"; } ]; operator = x: [ ]; }
