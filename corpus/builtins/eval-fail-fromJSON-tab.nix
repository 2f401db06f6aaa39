# A tab in a string must be escaped too.
builtins.fromJSON "\"a\tb\""
