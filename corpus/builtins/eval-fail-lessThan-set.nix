# Sets have no order.
builtins.lessThan { a = 1; } { b = 2; }
