# Only deep elements change, to plain paths.
let
  drv = derivation { name = "n"; builder = "/b"; system = "s"; };
  get = s: builtins.getContext (builtins.unsafeDiscardOutputDependency s);
in
{
  plain = get "x";
  deep = get drv.drvPath;
  output = get drv.outPath;
  path = get "${./files/text.txt}";
  mixed = get "${drv.drvPath}${drv}";
  twice = get (builtins.unsafeDiscardOutputDependency drv.drvPath);
  set = get { outPath = drv.drvPath; };
}
