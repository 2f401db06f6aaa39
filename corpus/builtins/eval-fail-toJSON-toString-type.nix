# __toString must give a string.
builtins.toJSON { __toString = self: 1; }
