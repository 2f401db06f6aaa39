# ... in concatMap. (E5)
builtins.concatMap (x: x) [ [ 1 ] 2 ]
