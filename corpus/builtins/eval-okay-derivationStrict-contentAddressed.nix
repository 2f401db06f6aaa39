# Outputs whose address depends on their content are placeholders.
let
  d = derivation { name = "n"; builder = "/b"; system = "s"; __contentAddressed = true; outputs = [ "out" "dev" ]; };
in
{
  strict = derivationStrict { name = "n"; builder = "/b"; system = "s"; __contentAddressed = true; };
  recursive = derivationStrict { name = "n"; builder = "/b"; system = "s"; __contentAddressed = true; outputHashMode = "recursive"; outputHashAlgo = "sha256"; };
  flat = derivationStrict { name = "n"; builder = "/b"; system = "s"; __contentAddressed = true; outputHashMode = "flat"; outputHashAlgo = "sha1"; };
  two = [ d.outPath d.dev.outPath d.drvPath ];
  context = builtins.getContext d.outPath;
  downstream = derivationStrict { name = "m"; builder = "/b"; system = "s"; inherit d; };
  fixed = derivationStrict { name = "n"; builder = "/b"; system = "s"; __contentAddressed = true; outputHash = "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="; };
}
