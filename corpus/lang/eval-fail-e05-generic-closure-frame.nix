# ... in genericClosure, which names the elements. (E5)
builtins.genericClosure { startSet = [ { key = 1; } { key = "a"; } ]; operator = x: [ ]; }
