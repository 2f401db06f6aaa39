# A repetition at the start of an alternative.
builtins.match "a|*b" "a"
