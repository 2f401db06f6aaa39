# A bracket without end.
builtins.match "[a" "a"
