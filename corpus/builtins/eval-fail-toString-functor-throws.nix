# An error in __toString.
toString { __toString = self: throw "in __toString"; }
