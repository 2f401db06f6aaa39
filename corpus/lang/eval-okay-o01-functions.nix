# How functions print with --eval. (O1)
[ (x: x) ({ a }: a) map (map 1) (builtins.foldl' 1 2) { __functor = self: x: x; } builtins.add (builtins.add 1) derivation throw ]
