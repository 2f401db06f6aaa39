# The function is forced before the list, the initial value not at all.
builtins.foldl' (throw "the function") (throw "the initial value") (throw "the list")
