# An escape that does not exist.
builtins.fromJSON ''"\x41"''
