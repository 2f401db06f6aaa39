# ... and evaluating deeply, as for printing. (E3)
builtins.foldl' (a: x: [ a ]) 1 (builtins.genList (x: x) 40)
