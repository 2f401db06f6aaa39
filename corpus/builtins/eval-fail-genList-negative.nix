# The length must not be negative.
builtins.genList (x: x) (-1)
