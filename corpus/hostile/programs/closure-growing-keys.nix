# memory: genericClosure whose keys are strings that double
builtins.genericClosure { startSet = [ { key = "k"; } ]; operator = x: [ { key = x.key + x.key; } ]; }
