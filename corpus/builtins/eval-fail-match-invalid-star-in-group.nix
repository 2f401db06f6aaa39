# A repetition at the start of a group.
builtins.match "(*a)" "a"
