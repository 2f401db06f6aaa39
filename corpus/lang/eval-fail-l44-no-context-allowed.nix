# Where a string may have no context: getEnv takes none. (L44)
builtins.getEnv "${builtins.toFile "f" "x"}"
