# A pattern that needs too many states.
builtins.split "(a{1000}){1000}" "a"
