# There is no word boundary.
builtins.match "\\b" "a"
