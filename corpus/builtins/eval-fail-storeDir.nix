# A string, no path.
builtins.storeDir + 1
