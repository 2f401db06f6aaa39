# Division by zero is an error.
builtins.div 1 0
