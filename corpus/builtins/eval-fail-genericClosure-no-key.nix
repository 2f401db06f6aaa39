# Every element must have a key.
builtins.genericClosure { startSet = [ { kee = 1; } ]; operator = x: [ ]; }
