# addDrvOutputDependencies wants a string.
builtins.addDrvOutputDependencies 1
