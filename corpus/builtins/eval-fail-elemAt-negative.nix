# Indices do not count from the end.
builtins.elemAt [ 1 2 ] (-1)
