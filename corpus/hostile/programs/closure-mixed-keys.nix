# errors: genericClosure with keys that cannot be compared
builtins.genericClosure { startSet = [ { key = 0; } ]; operator = x: [ { key = if builtins.isInt x.key && x.key < 100000 then x.key + 1 else { }; } ]; }
