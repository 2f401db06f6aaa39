# A set without outPath is no path.
builtins.readFile { }
