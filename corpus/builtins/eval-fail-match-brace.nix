# A brace is always a repetition.
builtins.match "a{" "a"
