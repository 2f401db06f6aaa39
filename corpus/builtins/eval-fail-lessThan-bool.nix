# Booleans have no order.
builtins.lessThan false true
