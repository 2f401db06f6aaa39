# The set of with is not evaluated if no name needs it. (L30, L52)
[ (with throw "unused"; 1) (let x = 1; in with throw "unused"; x) (with { a = 1; }; with { b = throw "unused"; }; a) (with (throw "unused"); with { c = 1; }; c) (with 1; with { a = 2; }; a) ]
