# ... and a comparison. (E5)
builtins.sort (a: b: a - b) [ 2 1 ]
