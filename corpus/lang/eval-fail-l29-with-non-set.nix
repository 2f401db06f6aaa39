# with needs a set, once a name is looked up in it. (L29, L30)
with 1; { result = x; }
