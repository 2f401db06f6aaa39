# The name may not refer to a store path.
builtins.toFile "${./files/text.txt}" ""
