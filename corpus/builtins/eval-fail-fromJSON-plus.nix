# Numbers have no plus.
builtins.fromJSON "+1"
