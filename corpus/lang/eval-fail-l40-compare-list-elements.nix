# The first pair that differs is compared. (L40)
[ 1 true ] < [ 1 false ]
