# toFile computes the path from name, text and references.
let
  a = builtins.toFile "a.txt" "contents";
in
{
  inherit a;
  empty = builtins.toFile "empty" "";
  reference = builtins.toFile "b" "refers to ${a}";
  sameTextNoReference = builtins.toFile "b" "refers to ${builtins.unsafeDiscardStringContext a}";
  two = builtins.toFile "c" "${a} ${./files/text.txt}";
  twice = builtins.toFile "c" "${a} ${a}";
  drvText = builtins.toFile "d" (builtins.unsafeDiscardOutputDependency (derivation { name = "n"; builder = "/b"; system = "s"; }).drvPath);
  bytes = builtins.toFile "e" "é\n";
  context = builtins.getContext (builtins.toFile "b" "refers to ${a}");
  names = [ (builtins.toFile "+-._?=9Az" "") (builtins.toFile "x.drv" "") ];
  partial = builtins.toFile "x";
}
