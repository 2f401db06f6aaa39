# ... from null, in a path. (L36)
{ a.b = null; }.a.b.c
