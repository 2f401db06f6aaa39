let
  a = 1; # comment
  /* block
  comment */
  b = a;
in
{ inherit a b; }
