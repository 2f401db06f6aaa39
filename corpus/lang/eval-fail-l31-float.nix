# ... floats. (L31)
assert 1.5 == 2.25; 1
