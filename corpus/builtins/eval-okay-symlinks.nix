# Symbolic links: the last component is not followed for the type, but for content; a copied link stays a link inside a tree.
let
  l = toString ./files/links;
in
{
  readDir = builtins.readDir ./files/links;
  types = map builtins.readFileType [ ./files/links/to-file ./files/links/to-tree ./files/links/dangling ];
  readFile = builtins.readFile ./files/links/to-file;
  readThrough = builtins.readFile ./files/links/to-tree/a.txt;
  readDirThrough = builtins.attrNames (builtins.readDir ./files/links/to-tree);
  exists = map builtins.pathExists [ ./files/links/to-file ./files/links/dangling "${l}/to-tree/" "${l}/to-file/" "${l}/dangling/" "${l}/to-tree/." ];
  import = import ./files/links/value.nix;
  hashFile = builtins.hashFile "sha256" ./files/links/to-file == builtins.hashFile "sha256" ./files/text.txt;
  tree = "${./files/links}";
  link = builtins.path { path = ./files/links/to-file; };
  linkTree = builtins.path { path = ./files/links/to-tree; name = "tree"; } == "${./files/tree}";
  filtered = builtins.path { path = ./files/links; name = "f"; filter = path: type: type == "symlink"; } == builtins.path { path = ./files/links; name = "f"; };
  findFile = builtins.findFile [ { path = ./files/links; } ] "to-tree/a.txt";
}
