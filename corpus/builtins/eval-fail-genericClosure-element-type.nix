# Elements must be sets.
builtins.genericClosure { startSet = [ 1 ]; operator = x: [ ]; }
