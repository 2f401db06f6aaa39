# That f is no function shows only in an attribute.
(builtins.mapAttrs 1 { a = 1; }).a
