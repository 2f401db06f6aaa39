# The function is forced before the list.
builtins.any (throw "the function") (throw "the list")
