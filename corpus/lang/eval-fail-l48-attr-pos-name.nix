# unsafeGetAttrPos wants a string. (L48)
builtins.unsafeGetAttrPos 1 { }
