# Lists are not added. (L16)
[ 1 ] + [ 2 ]
