# A name that is a constant string in dollar-brace merges like a plain one. (L17, L20)
{ a.${"b"}.c = 1; a.b.d = 2; a."b".e = 3; }
