# Every element must have a name.
builtins.listToAttrs [ { value = 1; } ]
