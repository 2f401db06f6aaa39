# The set of with may refer to what encloses it. (L30)
let s = { a = 1; b = with s; a + 1; c = with s; b + 1; }; in s
