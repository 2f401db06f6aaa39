# A string, which is forced.
builtins.seq builtins.currentSystem (throw "forced")
