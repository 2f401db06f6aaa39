# A collating element that does not exist.
builtins.match "[[.foo.]]" "a"
