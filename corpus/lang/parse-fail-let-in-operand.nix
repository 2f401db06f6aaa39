# L23: let is no operand
1 + let a = 1; in a
