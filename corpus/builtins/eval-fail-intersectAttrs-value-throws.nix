# The value comes from the second set.
(builtins.intersectAttrs { a = 1; } { a = throw "in the second"; }).a
