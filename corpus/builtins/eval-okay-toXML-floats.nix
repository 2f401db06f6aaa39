# Floats are written as in printing.
builtins.toXML [ 1.0 0.1 1.0e10 1.0e-10 1234567.8 (1.0e300 * 1.0e300) ]
