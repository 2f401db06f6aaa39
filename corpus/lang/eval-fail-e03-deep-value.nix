# A value too deep to be printed. (E3)
let f = n: { a = f (n + 1); }; in f 0
