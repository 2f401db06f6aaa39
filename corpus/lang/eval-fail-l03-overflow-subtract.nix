# Subtraction that leaves the integers. (L3)
-2 - 9223372036854775807
