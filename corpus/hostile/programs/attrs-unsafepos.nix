# time: positions of attributes, asked for without end
let l = builtins.genList (i: i) 100000; times = f: x: builtins.foldl' (x: _: f x) x l;
in times (times (times (p: builtins.unsafeGetAttrPos "a" ({ a = 1; b = 2; } // { c = p; })))) null
