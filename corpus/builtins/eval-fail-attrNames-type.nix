# attrNames wants a set.
builtins.attrNames [ ]
