# After the value nothing may follow.
builtins.fromJSON "1 2"
