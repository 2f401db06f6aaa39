# Lists in lists in a message.
let
  v = [ 1 [ 2 [ 3 [ 4 [ 5 [ 6 [ 7 [ 8 [ 9 [ 10 [ 11 [ 12 ] ] ] ] ] ] ] ] ] ] ] ];
in
builtins.deepSeq v (builtins.attrNames v)
