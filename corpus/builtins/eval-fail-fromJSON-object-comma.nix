# A comma in an object must be followed by a key.
builtins.fromJSON ''{"a": 1,}''
