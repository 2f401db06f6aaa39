# The frames of an error inside f.
(builtins.mapAttrs (n: v: throw "in ${n}") { a = 1; }).a
