# The place of a set whose __toString fails in JSON.
builtins.toJSON [ { a.__toString = self: 1 + "a"; } ]
