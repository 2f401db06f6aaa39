# A string without context.
builtins.addDrvOutputDependencies "abc"
