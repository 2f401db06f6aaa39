# L4: `0.a` selects from the integer 0
[ 0.a (0 .a) (1 .a) ]
