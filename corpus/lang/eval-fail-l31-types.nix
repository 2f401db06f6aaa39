# ... values of different types. (L31)
assert 1 == "1"; 1
