# cycle: a __toString that interpolates itself
let s = { __toString = self: "x${self}x"; }; in "${s}"
