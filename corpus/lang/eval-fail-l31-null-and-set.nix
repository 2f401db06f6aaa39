# ... null and a set. (L31)
assert null == { a = 1; }; 1
