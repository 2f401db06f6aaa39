# __findFile may come from a function argument, a let, a rec, but a with loses against the global one. (L15)
[ ((__findFile: <x>) (p: n: "arg ${n}")) (rec { __findFile = p: n: "rec ${n}"; v = <y>; }.v) (builtins.tryEval (with { __findFile = p: n: "with"; }; <z>)) ]
