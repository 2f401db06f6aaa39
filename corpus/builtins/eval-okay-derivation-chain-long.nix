# A chain of twenty derivations.
let
  mk = attrs: derivation ({ builder = "/b"; system = "s"; } // attrs);
  a = mk { name = "a"; };
in
(builtins.foldl' (d: n: mk { name = "n${toString n}"; inherit d; }) a (builtins.genList (n: n) 20)).outPath
