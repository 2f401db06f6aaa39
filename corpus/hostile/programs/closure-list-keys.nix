# memory: genericClosure whose keys are lists of all the keys before
builtins.genericClosure { startSet = [ { key = [ ]; } ]; operator = x: [ { key = x.key ++ [ x.key ]; } ]; }
