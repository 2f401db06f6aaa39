# An error in a key has no frame for the element.
builtins.genericClosure { startSet = [ { key = throw "in the key"; } ]; operator = x: [ ]; }
