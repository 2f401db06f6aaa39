# trace prints strings bare and other values shown without evaluating them. (O2)
let
  t = builtins.trace;
  f = x: x;
  s = { a = 1; b = 1 + 1; c = [ f ]; };
  self = { inherit self; };
  evaluated = [ (1 + 1) ];
in
t "plain \"string\"\n  second line" (t 1 (t 1.5 (t true (t null (t ./p (t f (t ({ a }: a) (t map (t (map f) (t s (t [ s.a [ ] { } "q\"uote" ] (t self (t { __functor = self: x: x; } (builtins.deepSeq evaluated (t evaluated (t (builtins.genList (x: x) 30) (t { "a b" = 1; "if" = 2; } (t "" (throw "end")))))))))))))))))))
