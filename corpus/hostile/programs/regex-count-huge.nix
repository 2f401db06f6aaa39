# errors: a count that does not fit in an integer
builtins.match "a{99999999999999999999}" "a"
