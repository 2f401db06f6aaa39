# To import the file of a derivation gives a set with its outputs.
let
  d = derivation { name = "n"; builder = "/b"; system = "s"; outputs = [ "out" "dev" ]; };
  i = import d.drvPath;
in
{
  names = builtins.attrNames i;
  name = i.name;
  type = i.type;
  first = i.outputName;
  outPaths = [ i.out.outPath i.dev.outPath ] == [ d.out.outPath d.dev.outPath ];
  drvPath = i.drvPath == d.drvPath;
  all = map (x: x.outputName) i.all;
  context = builtins.getContext i.outPath;
  drvContext = builtins.getContext i.drvPath;
  scoped = (scopedImport (throw "not reached") d.drvPath).name;
}
