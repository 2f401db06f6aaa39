# What __toString returns must be coercible.
toString { __toString = self: x: x; }
