# The first element with a name must have a value.
builtins.listToAttrs [ { name = "a"; } ]
