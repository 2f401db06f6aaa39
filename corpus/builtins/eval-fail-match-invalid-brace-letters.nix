# Bounds of a repetition are numbers.
builtins.match "a{a}" "a"
