# L4: a float may not start with 0 followed by a digit
[ (05.5) (00.5) (0.5) (10.5) ]
