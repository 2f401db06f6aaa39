# appendContext wants a set as its second argument.
builtins.appendContext "a" [ ]
