# The name may not refer to a store path.
builtins.unsafeGetAttrPos "${./files/text.txt}" { }
