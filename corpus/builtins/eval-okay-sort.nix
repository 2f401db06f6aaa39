# sort is stable and sorts by any strict order.
[
  (builtins.sort (a: b: a < b) [ 3 1 2 ])
  (builtins.sort builtins.lessThan [ 3 1 2 ])
  (builtins.sort (a: b: a > b) [ 3 1 2 ])
  (builtins.sort builtins.lessThan [ "b" "a" "B" "" "aa" ])
  (builtins.sort builtins.lessThan [ 2 1.5 1 ])
  (builtins.sort builtins.lessThan [ [ 2 ] [ 1 2 ] [ 1 ] [ ] ])
  (builtins.sort builtins.lessThan [ /b /a ])
  (builtins.sort (a: b: a.k < b.k) [
    { k = 2; v = 1; }
    { k = 1; v = 2; }
    { k = 2; v = 3; }
    { k = 1; v = 4; }
  ])
  (builtins.sort (throw "not reached") [ ])
  (builtins.sort (a: b: throw "not reached") [ 1 ])
  (builtins.sort (a: b: a < b))
]
