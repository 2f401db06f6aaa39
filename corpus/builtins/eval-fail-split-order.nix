# The pattern is forced before the string.
builtins.split (throw "the pattern") (throw "the string")
