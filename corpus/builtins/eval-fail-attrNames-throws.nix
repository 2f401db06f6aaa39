# The argument is forced.
builtins.attrNames (throw "forced")
