# Only == itself is explained; a parenthesis does not hide it. (L31)
assert (1 == 2); 1
