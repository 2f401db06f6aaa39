# Frames of a functor that map calls. (E5, L28)
let f = { __functor = self: x: self.prefix + x; prefix = "p"; }; in map f [ "a" 1 ]
