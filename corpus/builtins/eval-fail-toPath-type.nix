# toPath wants a path.
builtins.toPath 1
