# With a float on the right, the left one should be a float. (L32)
[ 1 ] - 1.5
