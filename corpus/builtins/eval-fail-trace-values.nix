# trace prints strings as they are and other values without forcing what is inside.
let
  t = builtins.trace;
in
t "text" (t "\"quotes\"\nline" (t 1 (t 1.5 (t null (t true (t /a/b (t [ 1 "a" (1 + 1) ] (t { a = 1; b = throw "not forced"; "x y" = 2; } (
  t (x: x) (t ({ a, b ? 1, ... }@args: a) (t builtins.add (t (builtins.add 1) (t [ ] (t { } (t [ [ [ 1 ] ] ] (t { a.b.c = 1; } (t "" (t { type = "derivation"; drvPath = "p"; } (
    throw "end"
  )))))))))))))))))))
