# host: scopedImport with a scope that grows
let f = builtins.toFile "s.nix" "scope"; in builtins.foldl' (s: n: builtins.scopedImport { scope = s // { "v${toString n}" = n; }; } f) { } (builtins.genList (i: i) 100000)
