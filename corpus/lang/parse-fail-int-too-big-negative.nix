# L2: the smallest integer cannot be written
[ 1 (-9223372036854775808) ]
