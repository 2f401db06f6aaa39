# L32: = is no operator
1 = 2
