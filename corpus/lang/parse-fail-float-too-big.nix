# L4: a float out of range
[ 1.5 1.0e400 ]
