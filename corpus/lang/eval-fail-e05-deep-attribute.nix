# Frames of attributes within attributes. (E5)
{ a.b.c = { d = [ { e = throw "e"; } ]; }; }
