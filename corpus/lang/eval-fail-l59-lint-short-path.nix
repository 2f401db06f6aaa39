# ... paths that do not begin with a dot or slash. (L59, L13)
{ ok = ./a; bad = a/b; }
