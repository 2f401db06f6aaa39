# ... from a formal or a rec; a with is no match for the globals. (L34)
[ (({ __sub }: 5 - 3) { __sub = a: b: "formal"; }) rec { __mul = a: b: "rec"; x = 2 * 3; }.x (with { __sub = a: b: "with"; }; 5 - 3) (let __lessThan = a: b: builtins.lessThan b a; in [ (1 < 2) (1 > 2) (1 <= 2) (1 >= 2) (builtins.sort (a: b: a < b) [ 1 3 2 ]) (builtins.sort builtins.lessThan [ 1 3 2 ]) ]) ]
