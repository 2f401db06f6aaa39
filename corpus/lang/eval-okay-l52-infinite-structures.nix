# Endless lists and sets, of which a part is used. (L52)
let
  nat = n: { head = n; tail = nat (n + 1); };
  take = n: s: if n == 0 then [ ] else [ s.head ] ++ take (n - 1) s.tail;
  fix = f: let x = f x; in x;
  fibs = map (i: if i < 2 then i else builtins.elemAt fibs (i - 1) + builtins.elemAt fibs (i - 2)) (builtins.genList (i: i) 60);
in
[ (take 5 (nat 1)) (fix (self: { a = 1; b = self.a + 1; })) (builtins.elemAt fibs 59) (let xs = [ 1 (builtins.length xs) ]; in xs) (let s = { a = 1; b = builtins.attrNames s; }; in s) ]
