# ... a name that only the right side has: names are compared in the order in which they were first read. (L31, L60)
let zz9 = 1; yy9 = 2; in assert { yy9 = 1; xx9 = 2; } == { inherit zz9; yy9 = 1; }; 1
