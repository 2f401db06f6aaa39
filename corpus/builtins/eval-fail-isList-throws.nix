# The frame of a test of type.
builtins.isList (throw "forced")
