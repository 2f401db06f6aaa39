# A plain path of a derivation becomes deep; a deep one stays.
let
  drv = derivation { name = "n"; builder = "/b"; system = "s"; };
  plain = builtins.unsafeDiscardOutputDependency drv.drvPath;
  get = s: builtins.getContext (builtins.addDrvOutputDependencies s);
in
{
  plain = get plain;
  deep = get drv.drvPath;
  prefixed = get "x${plain}y";
  text = builtins.addDrvOutputDependencies plain == drv.drvPath;
}
