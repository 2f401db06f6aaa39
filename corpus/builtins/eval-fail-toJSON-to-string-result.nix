# The result of a __toString that is no string, in JSON.
builtins.toJSON [ { a.__toString = self: [ 1 ]; } ]
