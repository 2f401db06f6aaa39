# L23: the end instead of in
let
  a = 1;
