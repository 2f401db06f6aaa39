# A file from a file URL, in a store in memory; the path is that of builtins.path with recursive = false.
let
  url = "file:///pwd/builtins/files/text.txt";
  plain = builtins.path { path = ./files/text.txt; recursive = false; };
in
{
  plain = builtins.fetchurl url;
  same = builtins.fetchurl url == plain;
  set = builtins.fetchurl { inherit url; } == plain;
  name = builtins.fetchurl { inherit url; name = "other"; };
  sha256 = builtins.fetchurl { inherit url; sha256 = builtins.hashFile "sha256" ./files/text.txt; } == plain;
  context = builtins.getContext (builtins.fetchurl url);
  read = builtins.readFile (builtins.fetchurl url);
}
