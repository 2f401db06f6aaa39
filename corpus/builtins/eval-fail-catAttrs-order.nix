# The name is forced before the list.
builtins.catAttrs (throw "the name") (throw "the list")
