# The attribute name may not refer to a store path.
builtins.catAttrs "${./files/text.txt}" [ ]
