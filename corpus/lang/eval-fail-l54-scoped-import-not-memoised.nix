# scopedImport evaluates the file each time. (L54)
let f = n: builtins.scopedImport { inherit n; } ./files/traced; in builtins.seq (f 1) (builtins.seq (f 1) (throw "end"))
