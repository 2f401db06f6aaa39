# The function is forced before the list.
builtins.concatMap (throw "the function") (throw "the list")
