# Functions have no order.
builtins.lessThan (x: x) (x: x)
