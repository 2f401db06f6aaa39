# errors: a derivation with a name of a megabyte
(derivation { name = builtins.foldl' (s: _: s + s) "n" (builtins.genList (i: i) 20); system = "x"; builder = "b"; }).drvPath
