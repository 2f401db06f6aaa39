# f must take two arguments.
(builtins.mapAttrs (n: n) { a = 1; }).a
