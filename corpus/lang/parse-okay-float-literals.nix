# L4: forms of float literals
[ 0.5 .5 5. 1.5e3 1.5E3 1.5e+3 1.5e-3 .5e2 2.e1 10.25 ]
