# The frame of a test of type.
builtins.isString (throw "forced")
