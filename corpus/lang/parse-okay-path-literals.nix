# L13: forms of path literals
[ ./a a/b /a /a/b.c ~/a ~/a/b-c ./. .a/b .../a a.b/c a_b/c+d -a/b +/a ]
