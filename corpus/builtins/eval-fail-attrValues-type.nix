# attrValues wants a set.
builtins.attrValues (x: x)
