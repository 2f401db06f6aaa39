# The argument is forced.
builtins.functionArgs (throw "forced")
