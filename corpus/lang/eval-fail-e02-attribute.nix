# A set whose attribute selects itself. (E2)
let s = { a = s.b; b = s.c; c = s.a; }; in s.a
