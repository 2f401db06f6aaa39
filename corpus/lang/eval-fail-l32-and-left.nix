# && needs Booleans. (L32)
1 && true
