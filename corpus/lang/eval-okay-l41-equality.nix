# Deep equality; different types are unequal, not errors. (L41)
[
  ({ a = 1; b = [ 1 { c = null; } ]; } == { b = [ 1 { c = null; } ]; a = 1; }) ({ a = 1; } == { a = 2; }) ({ a = 1; } == { b = 1; }) ({ } == { }) ([ ] == [ ]) ([ ] == { }) (null == null) (null == false)
  ("a" == "a") ("1" == 1) (./a == ./a) (./a == toString ./a) (./. == ./a/..) (true == true) (1 == 2) ([ 1 2 ] == [ 2 1 ]) ([ [ 1 ] ] == [ [ 1 ] ]) ({ a = 1; } != { a = 1; }) ({ a = 1; b = 2; } == { a = 1; })
]
