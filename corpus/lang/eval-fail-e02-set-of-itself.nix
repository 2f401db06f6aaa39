# A set that must be known to know it. (E2)
let s = { a = 1; } // s; in s.a
