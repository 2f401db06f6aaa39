# The attribute name may not refer to a store path.
builtins.getAttr "${./files/text.txt}" { }
