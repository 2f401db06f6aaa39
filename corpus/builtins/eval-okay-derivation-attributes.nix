# What derivation adds to its argument.
let
  d = derivation { name = "n"; builder = "/b"; system = "s"; outputs = [ "out" "dev" ]; extra = 1; type = "other"; };
in
{
  names = builtins.attrNames d;
  type = d.type;
  extra = d.extra;
  drvAttrs = d.drvAttrs;
  outputName = d.outputName;
  devOutputName = d.dev.outputName;
  devNames = builtins.attrNames d.dev;
  sameDrv = d.drvPath == d.dev.drvPath;
  outIsDefault = d.outPath == d.out.outPath;
  devDiffers = d.dev.outPath != d.outPath;
  devHasOut = d.dev.out.outPath == d.outPath;
  all = map (x: x.outputName) d.all;
  outputs = d.outputs;
  equal = d == d.out;
  equalDev = d == d.dev;
  string = "${d}" == d.outPath;
}
