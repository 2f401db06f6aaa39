# L33: minus with and without spaces
a: a-: a-1: [ (a - a-) (a -1) (a-1) (a- 1) (a- - a) (a --1) ]
