# Every element of the list must be a set, even after a match.
builtins.catAttrs "a" [ { a = 1; } 2 ]
