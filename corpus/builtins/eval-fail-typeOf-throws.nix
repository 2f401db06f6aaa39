# The frame of typeOf.
builtins.typeOf (throw "forced")
