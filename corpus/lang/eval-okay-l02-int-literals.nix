# Decimal literals with leading zeros, the largest one, and the smallest integer, which has no literal. (L2)
[ 0 00 007 010 9223372036854775807 09223372036854775807 (-9223372036854775807 - 1) (-0) ]
