# L28: __functor and friends are plain attributes
{ __functor = self: x: self.y + x; __toString = self: "s"; outPath = ./p; y = 1; } 2
