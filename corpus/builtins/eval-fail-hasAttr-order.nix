# The name is forced before the set.
builtins.hasAttr (throw "the name") (throw "the set")
