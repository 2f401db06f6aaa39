# Other than the operator ?, hasAttr wants a set.
builtins.hasAttr "a" [ ]
