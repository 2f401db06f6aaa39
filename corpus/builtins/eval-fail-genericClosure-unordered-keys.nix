# A key type without order fails at the second element.
builtins.genericClosure { startSet = [ { key = null; } { key = null; } ]; operator = x: [ ]; }
