# L32: different comparisons do not chain
1 <= 2 > 3
