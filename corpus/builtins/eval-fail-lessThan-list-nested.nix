# The trace names each level of nested lists.
builtins.lessThan [ [ 1 "a" ] ] [ [ 1 2 ] ]
