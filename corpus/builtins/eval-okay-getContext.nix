# The three kinds of context, alone and together.
let
  drv = derivation { name = "n"; builder = "/b"; system = "s"; outputs = [ "out" "dev" ]; };
  file = "${./files/text.txt}";
in
{
  none = builtins.getContext "";
  path = builtins.getContext file;
  output = builtins.getContext drv.outPath;
  dev = builtins.getContext drv.dev.outPath;
  both = builtins.getContext "${drv.dev} ${drv}";
  deep = builtins.getContext drv.drvPath;
  plainDrv = builtins.getContext (builtins.unsafeDiscardOutputDependency drv.drvPath);
  all = builtins.getContext "${drv.drvPath} ${drv} ${drv.dev} ${file} ${builtins.unsafeDiscardOutputDependency drv.drvPath}";
}
