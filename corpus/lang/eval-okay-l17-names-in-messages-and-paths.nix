# A name from an expression, and a name with a dot, are single names. (L17, L20)
let s = { "a.b" = { c = 1; }; a.b = 2; }; in [ s."a.b".c s.a.b s.${"a." + "b"}.c (s ? "a.b") (s ? a.b) (s ? "a".b.c) ]
