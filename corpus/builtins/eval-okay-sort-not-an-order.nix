# What comes out for comparators that are no order: the result of a merge sort that looks for runs first.
let
  l = [ 1 2 3 4 5 6 7 8 ];
  m = [ 5 2 8 1 9 3 7 4 6 0 ];
in
{
  always = builtins.sort (a: b: true) l;
  alwaysMixed = builtins.sort (a: b: true) m;
  never = builtins.sort (a: b: false) l;
  neverMixed = builtins.sort (a: b: false) m;
  lessOrEqual = builtins.sort (a: b: a <= b) m;
  greaterOrEqual = builtins.sort (a: b: a >= b) m;
  equalKeysLessOrEqual = map (x: x.v) (builtins.sort (a: b: a.k <= b.k) [
    { k = 1; v = 1; }
    { k = 1; v = 2; }
    { k = 0; v = 3; }
    { k = 1; v = 4; }
  ]);
  cyclic = builtins.sort (a: b: builtins.bitAnd (b - a) 3 == 1) m;
  firstOdd = builtins.sort (a: b: builtins.bitAnd a 1 == 1) m;
}
