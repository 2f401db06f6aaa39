# The smallest integer divided by -1 does not fit.
builtins.div (-9223372036854775807 - 1) (-1)
