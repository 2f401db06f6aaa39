# ... lists of different length. (L31)
assert [ 1 2 ] == [ 1 2 3 ]; 1
