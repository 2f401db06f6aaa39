# L40: the parser compares anything
[ (1 < 2.0) ("a" < "b") (./a < ./b) ([ 1 ] < [ 2 ]) (true < false) ({ } >= null) ]
