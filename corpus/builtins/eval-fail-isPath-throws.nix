# The frame of a test of type.
builtins.isPath (throw "forced")
