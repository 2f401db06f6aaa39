# Division by zero is found before the type of the left operand. (L32)
"a" / 0
