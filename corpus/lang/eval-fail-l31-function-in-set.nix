# ... different functions in sets. (L31, L42)
assert { f = x: x; } == { f = x: x; }; 1
