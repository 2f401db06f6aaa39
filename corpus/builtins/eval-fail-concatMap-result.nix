# The function of concatMap must return a list.
builtins.concatMap (x: x) [ 1 ]
