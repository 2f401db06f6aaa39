# The frame of a test of type.
builtins.isFloat (throw "forced")
