# A thunk is evaluated once, however often it is used. (L52)
let big = builtins.foldl' (a: b: a + b) 0 (builtins.genList (x: x) 1000); s = { a = big; b = s.a + s.a; c = s.b + s.b; d = s.c + s.c; e = s.d + s.d; f = s.e + s.e; g = s.f + s.f; }; in s.g
