# Null has no order, not even against itself.
builtins.lessThan null null
