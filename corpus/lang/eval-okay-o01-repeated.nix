# A set or list that was printed before prints as repeated, if it is not empty: the same value, wherever it is met. (O1)
let
  s = { x = 1; };
  l = [ 1 ];
  f = x: [ x x ];
in
[ s s l l { } { } [ ] [ ] (f { y = 1; }) (f [ 2 ]) { a = l; b = s; inherit s; } (s // { }) (s // { x = 1; }) { x = 1; } [ 1 ] ]
