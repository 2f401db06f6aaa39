# The value is an attribute like any other.
(builtins.listToAttrs [ { name = "a"; value = throw "in the value"; } ]).a
