# L29: an unknown name in the condition
assert a == 1; 2
