# A repetition needs a lower bound.
builtins.match "a{,2}" "a"
