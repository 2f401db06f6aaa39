# ... the first element of lists that differs. (L31)
assert [ 1 2 [ 3 4 ] 5 ] == [ 1 2 [ 3 5 ] 6 ]; 1
