# concatMap wants a function as its first argument.
builtins.concatMap [ ] [ 1 ]
