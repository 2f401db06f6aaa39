# depth: a __toString that returns a set with __toString, for ever
let f = n: { __toString = self: f (n + 1); }; in "${f 0}"
