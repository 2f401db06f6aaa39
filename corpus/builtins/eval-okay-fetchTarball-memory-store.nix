# An archive from a file URL; the only directory at its top is stripped and the name is source.
let
  url = "file:///pwd/builtins/files/archive.tar.gz";
  t = fetchTarball url;
in
{
  outPath = t;
  type = builtins.typeOf t;
  context = builtins.getContext t;
  files = builtins.readDir t;
  text = builtins.readFile "${t}/file.txt";
  import = import t;
  importFile = import "${t}/default.nix";
  set = fetchTarball { inherit url; } == t;
  name = fetchTarball { inherit url; name = "named"; };
}
