# A pattern that needs too many states.
builtins.match "a{100000}" "a"
