# Values one by one.
map builtins.toJSON [
  1
  (-0)
  "s"
  true
  false
  null
  [ ]
  { }
  [ [ ] { } ]
  { z = 1; a = 2; M = 3; _ = 4; "é" = 5; "10" = 6; "9" = 7; }
  "a\"b\\c/d\n\r\t$"
  (builtins.fromJSON ''"\u0001\b\f\u001f\u007f"'')
  "é€😀"
  "<>&'"
]
