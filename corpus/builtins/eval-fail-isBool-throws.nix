# The frame of a test of type.
builtins.isBool (throw "forced")
