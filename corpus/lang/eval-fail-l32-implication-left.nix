# -> needs Booleans. (L32)
null -> true
