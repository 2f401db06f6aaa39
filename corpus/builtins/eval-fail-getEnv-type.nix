# getEnv wants a string.
builtins.getEnv 1
