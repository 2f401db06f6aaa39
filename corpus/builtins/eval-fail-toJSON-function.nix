# A function has no JSON; the frames tell where it was.
builtins.toJSON { a = [ 1 { b = x: x; } ]; }
