# Whether a copy is the same value: sets stay what they are through every expression, lists only as one variable. (O1)
let
  s = { x = 1; };
  l = [ 1 ];
  t = true;
  id = x: x;
in
[ [ s (if t then s else s) ] [ l (if t then l else l) ] (id s) (id l) [ (l ++ [ ]) ] (builtins.head [ l ]) ({ a = l; }.a) (with { q = l; }; q) (map (x: x) [ l s ]) (builtins.elemAt [ l ] 0) (let m = l; in [ m ]) ]
