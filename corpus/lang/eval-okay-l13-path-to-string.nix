# toString gives the path without copying it. (L13, L16)
[ (toString ./a) (toString ~/b/c) (toString ./.) (toString /.) (baseNameOf ./x/y) (dirOf ./x/y) (toString (dirOf /a)) (dirOf /.) (builtins.hasContext (toString ./a)) (builtins.pathExists ./files/one) ]
