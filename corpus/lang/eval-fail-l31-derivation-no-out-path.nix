# ... a derivation without output path is compared as a set. (L31, L41)
assert { type = "derivation"; a = 1; } == { type = "derivation"; a = 2; }; 1
