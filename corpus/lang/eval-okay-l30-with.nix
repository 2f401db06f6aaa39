# with: lexical names first, then the innermost with that has the name. (L30)
let x = "let"; in [
  (with { x = "with"; y = "w"; }; [ x y ])
  (with { a = 1; b = 2; }; with { a = 10; }; [ a b ])
  (with { a = 1; }; let a = 2; in a)
  (with { a = 1; }; (a: a) 3)
  (with { a = 1; }; rec { a = 4; b = a; }.b)
  (with { true = false; null = 1; map = 2; }; [ true null ])
  (with { a = { b = 1; }; }; with a; b)
  (with { a = 1; }; { inherit a; })
  (let f = y: with y; a; in [ (f { a = 1; }) (f { a = 2; }) ])
]
