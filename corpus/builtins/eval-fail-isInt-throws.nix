# The frame of a test of type.
builtins.isInt (throw "forced")
