# A comma must be followed by a value.
builtins.fromJSON "[1,]"
