# The string is forced before the set.
builtins.appendContext (throw "the string") (throw "the set")
