# L33: no unary minus in a list
[ 1 -1 ]
