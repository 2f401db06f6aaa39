# The frames of __toString. (L28)
let s = { name = "n"; __toString = self: throw "no string for ${self.name}"; }; in { x = "a ${s} b"; }
