# findFile takes the first entry whose path exists; a prefix stands for its path.
let
  one = ./files/search/one;
  two = ./files/search/two;
in
[
  (builtins.findFile [ { path = one; } { path = two; } ] "x.nix")
  (builtins.findFile [ { path = two; } { path = one; } ] "x.nix")
  (builtins.findFile [ { path = one; } { path = two; } ] "y.nix")
  (builtins.findFile [ { prefix = ""; path = one; } ] "lib")
  (builtins.findFile [ { prefix = "p"; path = one; } ] "p")
  (builtins.findFile [ { prefix = "p"; path = one; } ] "p/x.nix")
  (builtins.findFile [ { prefix = "p"; path = one; } { prefix = "p"; path = two; } ] "p/y.nix")
  (builtins.findFile [ { prefix = "p/q"; path = two; } ] "p/q/y.nix")
  (builtins.findFile [ { prefix = "pp"; path = one; } { prefix = "p"; path = two; } ] "p/x.nix")
  (builtins.findFile [ { prefix = "x"; path = toString one; extra = throw "not reached"; } ] "x/lib")
  (builtins.typeOf (builtins.findFile [ { path = one; } ] "x.nix"))
  (builtins.findFile [ { path = ./files/missing; } { path = one; } ] "x.nix")
  (builtins.findFile [ ])
]
