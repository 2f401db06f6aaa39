# L13: a path is no attribute name
{ a/b = 1; }
