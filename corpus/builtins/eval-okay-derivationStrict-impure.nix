# Impure derivations have placeholders too.
let
  d = derivation { name = "n"; builder = "/b"; system = "s"; __impure = true; };
in
{
  strict = [ d.outPath d.drvPath ];
  context = builtins.getContext d.outPath;
  downstream = derivationStrict { name = "m"; builder = "/b"; system = "s"; __impure = true; inherit d; };
}
