# The algorithm may not refer to a store path.
builtins.hashString "${./files/text.txt}" "abc"
