# The chosen element is forced.
builtins.elemAt [ 1 (throw "forced") ] 1
