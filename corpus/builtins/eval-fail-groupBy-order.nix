# The function is forced before the list.
builtins.groupBy (throw "the function") (throw "the list")
