# A class that does not exist.
builtins.match "[[:foo:]]" "a"
