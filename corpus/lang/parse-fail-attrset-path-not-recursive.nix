# L17: nor does a path in rec make its inner set recursive
rec { a.b = 1; a.c = b; }
