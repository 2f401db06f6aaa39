# memory: toJSON writes out all that is shared, 2^40 brackets
let a = [ 1 1 ]; b = [ a a a a ]; c = [ b b b b ]; d = [ c c c c ]; e = [ d d d d ]; f = [ e e e e ]; g = [ f f f f ]; h = [ g g g g ]; i = [ h h h h ];
  j = [ i i i i ]; k = [ j j j j ]; l = [ k k k k ]; m = [ l l l l ]; n = [ m m m m ]; o = [ n n n n ]; p = [ o o o o ]; q = [ p p p p ]; r = [ q q q q ];
in builtins.stringLength (builtins.toJSON r)
