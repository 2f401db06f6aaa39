# The attribute path is required.
builtins.path { name = "x"; }
