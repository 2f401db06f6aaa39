# __curPos is the place of its own token. (L47)
let
  p = __curPos;
  f = x: __curPos;
in
[ p (f 1) (f 2 == f 3) __curPos.line  __curPos.column (with { __curPos = 1; }; __curPos) (import ./files/dir).here { inherit (__curPos) file; } ]
