# A version may not refer to a store path.
builtins.splitVersion "${./files/text.txt}"
