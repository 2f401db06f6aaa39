# ... in any. (E5)
builtins.any (x: null) [ 1 ]
