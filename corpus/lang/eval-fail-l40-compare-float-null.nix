# ... a float and null; > turns the operands round. (L40)
1.5 > null
