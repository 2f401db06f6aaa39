# time: to JSON and back, without end
let l = builtins.genList (i: i) 100000; times = f: x: builtins.foldl' (x: _: f x) x l;
in times (times (v: builtins.fromJSON (builtins.toJSON v))) (builtins.genList (i: { a = i; b = toString i; }) 1000)
