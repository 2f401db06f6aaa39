# The same values on standard output.
[
  [ "a\${b" "$" "$$" "\${" "a\nb\tc\rd" "\"\\" "é" "''" (builtins.fromJSON ''"\u0001\u007f"'') ]
  { a-b = 1; "a'b" = 2; "1a" = 3; "-a" = 4; "a.b" = 5; "" = 6; "or" = 7; "if" = 8; "é" = 9; "a\nb" = 10; _ = 11; "\${x}" = 12; "true" = 13; "__x" = 14; "let" = 15; "rec" = 16; "inherit" = 17; }
  [ (-1) (-1.5) 1.0e100 [ ] { } [ { } [ ] ] /a ./. null true ]
  (x: x)
  ({ a }: a)
  builtins.add
  (builtins.add 1)
  { __functor = self: x: x; }
]
