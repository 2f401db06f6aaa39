# Every element must be a set.
builtins.listToAttrs [ 1 ]
