# The argument must be a set.
builtins.fetchClosure "x"
