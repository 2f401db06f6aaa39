# Attribute paths make nested sets, and literals of the same name are merged. (L17)
{ a.b.c = 1; a.b.d = 2; a.e = 3; f = { g = 1; }; f.h = 2; "i j".k = 4; "l${"m"}" = 5; n = { }; n.o = { p = 1; }; n.o.q = 2; }
