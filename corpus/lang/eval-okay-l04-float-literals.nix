# Which spellings are floats, and how they print: six digits, as %g. (L4)
[ 1. .5 1.5e3 1.0e-7 1.0E5 0.5 0.25 123456.0 1234567.0 0.0001 0.00001 1.0e15 100000.0 1000000.0 3.14159265358979 1.0e22 2.5e-3 1.0e308 2.3e-308 ]
