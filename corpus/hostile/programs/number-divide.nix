# errors: the least integer divided by minus one, and by zero
map (d: (-9223372036854775807 - 1) / d) [ 1 (-1) 0 ]
