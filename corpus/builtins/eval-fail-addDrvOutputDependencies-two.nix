# A string with two elements.
builtins.addDrvOutputDependencies "${./files/text.txt}${./files/tree/a.txt}"
