# time: functionArgs of functions made without end
let l = builtins.genList (i: i) 100000; times = f: x: builtins.foldl' (x: _: f x) x l;
in times (times (times (s: builtins.functionArgs ({ a ? 1, b, ... }: s)))) { }
