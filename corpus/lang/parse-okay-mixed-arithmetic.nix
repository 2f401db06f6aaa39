# L5: int and float operands
1 + 1.0 * 2 - .5 / 2.
