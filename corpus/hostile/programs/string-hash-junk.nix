# errors: convertHash of what is not a hash
map (h: builtins.convertHash { hash = h; hashAlgo = "sha256"; toHashFormat = "sri"; })
  [ "" "sha256-" "sha256:" "0000" (builtins.foldl' (s: _: s + s) "z" (builtins.genList (i: i) 20)) ]
