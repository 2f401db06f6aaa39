# appendContext wants a string as its first argument.
builtins.appendContext 1 { }
