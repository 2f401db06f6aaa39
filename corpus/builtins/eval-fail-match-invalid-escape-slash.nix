# A slash needs no escape and has none.
builtins.match "\\/" "a"
