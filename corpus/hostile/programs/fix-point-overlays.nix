# depth: a hundred thousand overlays, each of which asks the one before
let fix = f: let x = f x; in x; extends = o: f: self: let super = f self; in super // o self super;
in (fix (builtins.foldl' (f: i: extends (self: super: { n = super.n + 1; m = self.n; }) f) (self: { n = 0; }) (builtins.genList (i: i) 100000))).m
