# A range cannot begin a range.
builtins.match "[a-c-e]" "a"
