# Values in the explanation are cut. (L31)
assert builtins.genList (x: x) 20 == builtins.genList (x: x) 21; 1
