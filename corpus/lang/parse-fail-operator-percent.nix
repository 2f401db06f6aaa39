# L32: % is no operator
5 % 2
