# An index at the length is out of range.
builtins.elemAt [ 1 2 ] 2
