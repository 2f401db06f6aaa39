# unsafeGetAttrPos wants a string as its first argument.
builtins.unsafeGetAttrPos 1 { }
