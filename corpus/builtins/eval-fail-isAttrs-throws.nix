# The frame of a test of type.
builtins.isAttrs (throw "forced")
