# Defaults, ellipsis, @ on both sides; the name after @ has only what was passed. (L26)
let
  f = { a, b ? a + 1, ... }@args: { inherit a b args; };
  g = args@{ a ? 1, b ? 2 }: [ a b args ];
in
[ (f { a = 1; }) (f { a = 1; b = 5; c = 6; }) (g { }) (g { b = 3; }) (({ }: 1) { }) (({ ... }@x: x) { y = 1; }) (({ a, }: a) { a = 1; }) ]
