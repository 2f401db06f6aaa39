# The smallest integer has no opposite.
builtins.mul (-9223372036854775807 - 1) (-1)
