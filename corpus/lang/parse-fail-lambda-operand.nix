# L25: a lambda is no operand
1 + x: x
