# pathExists wants a path.
builtins.pathExists 1
