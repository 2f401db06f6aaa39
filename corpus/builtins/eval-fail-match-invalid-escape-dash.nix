# A dash has no escape.
builtins.match "\\-" "a"
