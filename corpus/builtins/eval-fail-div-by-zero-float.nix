# Division by the float zero is an error, not infinity.
builtins.div 1.5 0.0
