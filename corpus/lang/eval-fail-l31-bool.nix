# ... Booleans. (L31)
assert true == false; 1
