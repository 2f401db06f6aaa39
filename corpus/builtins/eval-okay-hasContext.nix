# Which strings have context: copied paths, derivation outputs and paths of derivations; not paths turned to text.
let
  drv = derivation { name = "n"; builder = "/b"; system = "s"; };
in
{
  plain = builtins.hasContext "abc";
  path = builtins.hasContext "${./files/text.txt}";
  pathText = builtins.hasContext (toString ./files/text.txt);
  plus = builtins.hasContext ("" + ./files/text.txt);
  output = builtins.hasContext drv.outPath;
  interpolated = builtins.hasContext "${drv}";
  drvPath = builtins.hasContext drv.drvPath;
  toFile = builtins.hasContext (builtins.toFile "f" "x");
  name = builtins.hasContext drv.name;
  storeDirText = builtins.hasContext "/nix/store/00000000000000000000000000000000-x";
}
