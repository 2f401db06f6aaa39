# An error inside the comparison has a frame of its own.
builtins.elem { a = 1; } [ { a = throw "inside"; } ]
