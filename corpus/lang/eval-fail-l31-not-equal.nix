# != is not explained. (L31)
assert 1 != 1; 1
