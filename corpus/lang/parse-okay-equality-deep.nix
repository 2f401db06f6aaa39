# L41, L42, L43: comparison of sets, lists and functions
[ ({ a = 1; } == { a = 1.0; }) ([ 1 [ 2 ] ] != [ 1 ]) ((x: x) == (x: x)) ]
