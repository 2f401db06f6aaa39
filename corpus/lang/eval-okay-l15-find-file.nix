# findFile: prefixes match whole segments, entries are tried in order, missing ones are skipped. (L15)
let
  f = builtins.findFile [
    { prefix = "a"; path = "/no/such/place"; }
    { prefix = "a"; path = ./files; }
    { path = ./files; prefix = ""; }
    { prefix = "a/b"; path = ./files/dir; }
  ];
in
[ (f "a") (f "a/one") (f "one") (f "a/b/default.nix") (builtins.tryEval (f "ab")) (builtins.tryEval (f "a/two-not")) ]
