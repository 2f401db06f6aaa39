# throw and abort coerce as interpolation does. (E5)
abort { __toString = self: "coerced"; }
