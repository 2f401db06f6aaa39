# L52: lists
a: [ [ ] [[]] [ 1 2 ] [ a.b a.c or 1 ] [ (a a) a ] [ rec { } { } ] [ "s" ''i'' ] [ ./a <a> a:b ] [ (-1) ] ]
