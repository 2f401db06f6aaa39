# L17: a keyword inside a path
{ a.in.b = 1; }
