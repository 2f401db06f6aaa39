# A name bound twice in let; the first position is told. (L56)
let
  a = 1;
  a = 2;
in a
