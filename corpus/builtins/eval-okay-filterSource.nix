# filterSource is builtins.path with a filter and the base name.
let
  tree = ./files/tree;
in
{
  all = builtins.filterSource (path: type: true) tree == "${tree}";
  none = builtins.filterSource (path: type: false) tree;
  files = builtins.filterSource (path: type: type != "directory") tree;
  same = builtins.filterSource (path: type: type != "directory") tree == builtins.path { path = tree; filter = path: type: type != "directory"; };
  string = builtins.filterSource (path: type: true) (toString tree) == "${tree}";
  partial = builtins.filterSource (path: type: true);
}
