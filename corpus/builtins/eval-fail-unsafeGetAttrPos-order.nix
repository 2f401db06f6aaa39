# The name is forced before the set.
builtins.unsafeGetAttrPos (throw "the name") (throw "the set")
