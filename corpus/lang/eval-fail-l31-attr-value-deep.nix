# ... in a mix of lists and sets. (L31)
assert { x = [ 1 { y = "a"; } ]; } == { x = [ 1 { y = "b"; } ]; }; 1
