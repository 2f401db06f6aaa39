# A derivation prints like any set. (O1)
let d = derivation { name = "d"; system = "s"; builder = "b"; args = [ "x" ]; }; in [ d.drvPath { inherit (d) name type outputName; } (builtins.attrNames d) (d.out == d) (builtins.head d.all).outPath ]
