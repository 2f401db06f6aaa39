# Multiplication that leaves the integers. (L3)
{ product = 4611686018427387904 * 2; }
