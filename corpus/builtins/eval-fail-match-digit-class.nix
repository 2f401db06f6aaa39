# There is no \d.
builtins.match "\\d" "1"
