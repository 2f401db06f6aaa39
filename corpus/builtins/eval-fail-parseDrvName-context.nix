# The name may not refer to a store path.
builtins.parseDrvName "${./files/text.txt}"
