# ... an integer and a float. (L31)
assert 1 == 1.5; 1
