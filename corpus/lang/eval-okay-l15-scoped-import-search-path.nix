# scopedImport can give a file another search path. (L15, L54)
map (scope: builtins.scopedImport scope ./files/search.nix) [ { __nixPath = [ { prefix = "p"; path = ./files; } ]; } { __findFile = path: name: "found ${name}"; } ]
