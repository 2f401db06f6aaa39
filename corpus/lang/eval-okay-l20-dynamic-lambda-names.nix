# A function gets the name of its dynamic attribute, as messages show. (L20)
let s = { ${"f" + "g"} = { a }: a; }; in [ (builtins.functionArgs s.fg) (builtins.attrNames s) ]
