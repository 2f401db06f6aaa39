# A brace with nothing to repeat.
builtins.match "{1}" "a"
