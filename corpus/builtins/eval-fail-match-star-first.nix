# A repetition needs something to repeat.
builtins.match "*a" "a"
