# The function is forced before the list.
builtins.zipAttrsWith (throw "the function") (throw "the list")
