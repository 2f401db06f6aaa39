# Keys must be strings.
builtins.fromJSON "{1: 2}"
