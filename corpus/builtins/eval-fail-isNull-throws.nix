# The frame of a test of type.
isNull (throw "forced")
