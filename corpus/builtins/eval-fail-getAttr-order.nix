# The name is forced and checked before the set.
builtins.getAttr (builtins.trace "name" "a") (builtins.trace "set" (throw "the set"))
