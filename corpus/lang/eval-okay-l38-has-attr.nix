# ?: paths, dynamic names, false for what is no set; the last value is not evaluated. (L38)
let s = { a.b = 1; t = throw "t"; n = null; }; in [ (s ? a) (s ? a.b) (s ? a.c) (s ? x.y.z) (s ? a.b.c) (s ? t) (s ? n.x) (1 ? a) (null ? a) ([ ] ? a) ("s" ? a) ((x: x) ? a) (s ? ${"a"}) (s ? "a".${"b"}) (s ? "a.b") ({ } ? a) ]
