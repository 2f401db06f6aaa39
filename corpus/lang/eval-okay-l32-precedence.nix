# Values that depend on precedence and associativity. (L32)
[
  (1 - 2 - 3) (2 * 3 + 4) (2 + 3 * 4) (10 / 2 * 5) (-2 * 3) (- 2 - 2) (!true || true) (!(true && false) && true)
  (true || false && false) (false -> false -> false) ((false -> false) -> false) (1 + 2 == 3) (1 < 2 == true)
  ([ 1 ] ++ [ 2 ] ++ [ 3 ] == [ 1 2 3 ]) ({ a = 1; } // { a = 2; } // { a = 3; }) ({ a = 1; } ? a && true)
  (!{ } ? a) (-{ a = 1; }.a) ("a" + "b" == "ab") (1 == 2 || 3 == 3) (true && false || true) (1 != 2 && 2 != 3)
  ({ a = x: x; }.a 5 + 1) (let f = x: -x; in f 1 - 1)
]
