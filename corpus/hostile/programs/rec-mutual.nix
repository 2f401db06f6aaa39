# depth: attributes of a set that call each other for ever
let s = { even = n: !(s.odd (n + 1)); odd = n: !(s.even (n + 1)); }; in s.even 0
