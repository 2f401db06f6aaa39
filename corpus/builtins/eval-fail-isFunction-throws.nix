# The frame of a test of type.
builtins.isFunction (throw "forced")
