# ... a string and a path. (L31)
assert "/a" == /a; 1
