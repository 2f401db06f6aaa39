# A key must be followed by a colon.
builtins.fromJSON ''{"a" 1}''
