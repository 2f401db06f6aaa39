# For a function that map calls, the call site is the function itself. (E5)
let f = x: x.a; in { xs = map f [ { a = 1; } { b = 2; } ]; }
