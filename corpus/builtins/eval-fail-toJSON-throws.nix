# An error in a value.
builtins.toJSON [ 1 (throw "in the list") ]
