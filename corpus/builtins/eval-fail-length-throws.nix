# The argument is forced.
builtins.length (throw "forced")
