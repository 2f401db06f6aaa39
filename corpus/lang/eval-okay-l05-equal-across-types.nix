# 1 equals 1.0; large integers are rounded to a float first, so equality is not transitive. (L5)
let
  big = 9007199254740993;
  near = 9007199254740992;
in
[ (1 == 1.0) (1.0 == 1) (1 != 1.0) (big == 9007199254740992.0) (big == near) (near == 9007199254740992.0) ([ 1 ] == [ 1.0 ]) ({ a = 1; } == { a = 1.0; }) (0.0 == -0.0) ]
