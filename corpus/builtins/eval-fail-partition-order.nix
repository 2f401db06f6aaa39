# The function is forced before the list.
builtins.partition (throw "the function") (throw "the list")
