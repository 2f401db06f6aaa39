# Every element of the argument must be a list.
builtins.concatLists [ [ 1 ] 2 ]
