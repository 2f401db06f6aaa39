# L29: if is no operand
1 + if true then 1 else 2
