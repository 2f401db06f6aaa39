# L29: no semicolon
assert true 1
