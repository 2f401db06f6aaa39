# builtins.path: name, filter, recursive and sha256.
let
  tree = ./files/tree;
in
{
  default = builtins.path { path = tree; } == "${tree}";
  name = builtins.path { path = tree; name = "other-name"; };
  emptyName = builtins.path { path = tree; name = ""; } == "${tree}";
  flat = builtins.path { path = ./files/text.txt; recursive = false; };
  nar = builtins.path { path = ./files/text.txt; recursive = true; };
  flatName = builtins.path { path = ./files/text.txt; recursive = false; name = "n"; };
  filterAll = builtins.path { path = tree; filter = path: type: true; } == "${tree}";
  filterNone = builtins.path { path = tree; filter = path: type: false; };
  filterType = builtins.path { path = tree; filter = path: type: type == "regular"; };
  filterName = builtins.path { path = tree; filter = path: type: baseNameOf path != "a.txt"; };
  filterDeep = builtins.path { path = tree; filter = path: type: baseNameOf path != "deep"; };
  string = builtins.path { path = toString tree; } == "${tree}";
  context = builtins.getContext (builtins.path { path = tree; name = "c"; });
  file = builtins.path { path = ./files/text.txt; filter = path: type: throw "not asked for a file itself"; name = "f"; };
}
