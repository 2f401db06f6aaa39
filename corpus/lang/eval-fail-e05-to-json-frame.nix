# toJSON has frames for attributes and elements. (E5)
builtins.toJSON { a = [ 1 { b = x: x; } ]; }
