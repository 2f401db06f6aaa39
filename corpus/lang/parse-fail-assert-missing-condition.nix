# L29: no condition
assert ; 1
