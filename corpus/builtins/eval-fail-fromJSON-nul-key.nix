# Nor can a key.
builtins.fromJSON ''{"a\u0000b": 1}''
