# Nor has a builtin.
builtins.toJSON builtins.add
