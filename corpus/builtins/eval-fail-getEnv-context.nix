# The name may not refer to a store path.
builtins.getEnv "${./files/text.txt}"
