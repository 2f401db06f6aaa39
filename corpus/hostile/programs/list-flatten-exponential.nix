# time: flattening a list that shares its parts, 2^60 leaves
let go = n: x: if n == 0 then x else go (n - 1) [ x x ];
  count = x: if builtins.isList x then builtins.foldl' (a: y: a + count y) 0 x else 1;
in count (go 60 0)
