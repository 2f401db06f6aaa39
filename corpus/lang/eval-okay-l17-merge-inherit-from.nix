# Merged sets that both inherit from expressions. (L17, L24)
let p = { x = 1; y = 2; }; q = { x = 3; y = 4; z = 5; }; x = "let"; in {
  a = { inherit (p) x; };
  a = { inherit (q) y; inherit (p // q) z; };
  b = rec { inherit (c) x; c = { x = "inner"; }; };
  b = { inherit (q) y; d = x; };
  e.inner = { inherit x; };
  e.inner.other = { inherit (p) y; };
}
