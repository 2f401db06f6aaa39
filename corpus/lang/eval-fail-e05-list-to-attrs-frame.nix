# ... in listToAttrs. (E5)
builtins.listToAttrs [ { name = "a"; value = 1; } { nam = "b"; value = 2; } ]
