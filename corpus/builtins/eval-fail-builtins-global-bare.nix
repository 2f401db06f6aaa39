# The others have no name without.
add 1 2
