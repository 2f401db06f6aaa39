# Values without order in sort. (E5)
builtins.sort builtins.lessThan [ 1 "a" ]
