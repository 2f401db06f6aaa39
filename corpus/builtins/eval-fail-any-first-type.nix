# any wants a function as its first argument.
builtins.any { } [ ]
