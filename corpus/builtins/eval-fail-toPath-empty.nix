# The empty string is no path.
builtins.toPath ""
