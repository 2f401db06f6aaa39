# A range from lower to upper case goes down in bytes.
builtins.match "[a-Z]" "a"
