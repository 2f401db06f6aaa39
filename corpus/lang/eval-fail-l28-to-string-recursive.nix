# __toString that returns the set itself. (L28, E3)
let s = { __toString = self: self; }; in "${s}"
