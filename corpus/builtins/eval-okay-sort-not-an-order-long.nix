# The same for a list that is longer than one run.
let
  l = builtins.genList (n: builtins.bitAnd (n * 37 + 11) 63) 64;
in
{
  always = builtins.sort (a: b: true) l;
  lessOrEqualHalf = builtins.sort (a: b: a / 2 <= b / 2) l;
  cyclic = builtins.sort (a: b: builtins.bitAnd (b - a) 7 < 3) l;
}
