# memory: a flake reference that doubles, where flakes are enabled
builtins.stringLength (builtins.foldl' (s: _: builtins.flakeRefToString { type = "path"; path = "/${s}${s}"; }) "a" (builtins.genList (i: i) 60))
