# An error in the operator names the element.
builtins.genericClosure { startSet = [ { key = 1; } ]; operator = x: throw "in the operator"; }
