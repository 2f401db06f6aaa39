# A class cannot begin a range.
builtins.match "[[:alpha:]-z]" "a"
