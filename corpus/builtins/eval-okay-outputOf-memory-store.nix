# outputOf names the output of a derivation that a derivation makes; derivations must be in the store, here one in memory.
let
  d = derivation { name = "n.drv"; builder = "/b"; system = "s"; __contentAddressed = true; outputHashMode = "text"; outputHashAlgo = "sha256"; };
  e = derivation { name = "n"; builder = "/b"; system = "s"; };
  plain = builtins.unsafeDiscardOutputDependency;
in
{
  dynamic = builtins.outputOf d.outPath "out";
  dynamicDev = builtins.outputOf d.outPath "dev";
  context = builtins.hasContext (builtins.outputOf d.outPath "out");
  static = builtins.outputOf (plain e.drvPath) "out" == e.outPath;
  staticContext = builtins.getContext (builtins.outputOf (plain e.drvPath) "out");
  nested = builtins.outputOf (builtins.outputOf d.outPath "out") "out";
  partial = builtins.outputOf "x";
}
