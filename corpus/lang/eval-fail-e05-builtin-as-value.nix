# A builtin called by another. (E5)
map builtins.head [ [ 1 ] [ ] ]
