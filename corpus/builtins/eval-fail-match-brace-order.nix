# The bounds of a repetition must be in order.
builtins.match "a{2,1}" "a"
