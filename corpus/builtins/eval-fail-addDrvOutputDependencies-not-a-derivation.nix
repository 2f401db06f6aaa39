# A path that is no derivation.
builtins.addDrvOutputDependencies "${./files/text.txt}"
