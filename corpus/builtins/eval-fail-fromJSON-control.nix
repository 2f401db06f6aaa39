# A control character must be escaped.
builtins.fromJSON "\"a\nb\""
