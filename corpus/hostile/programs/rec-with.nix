# cycle: a with-scope that is what it is searched for
let s = with s; { a = b; b = a; }; in s.a
