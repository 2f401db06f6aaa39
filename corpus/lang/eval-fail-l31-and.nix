# Nor == within another operator. (L31)
assert 1 == 1 && 1 == 2; 1
