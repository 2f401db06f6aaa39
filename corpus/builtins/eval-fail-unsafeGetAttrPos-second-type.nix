# unsafeGetAttrPos wants a set as its second argument.
builtins.unsafeGetAttrPos "a" 1
