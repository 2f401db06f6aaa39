# L32: a binary operator in a list
[ 1 + 2 ]
