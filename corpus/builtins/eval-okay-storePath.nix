# storePath gives a store path, or a path below one, with the context of the store path. Nothing looks whether it exists.
let
  p = "/nix/store/z1pfddb7lfpq1x3cv5mxp6sr1sjqjz6y-n";
  show = x: { text = builtins.storePath x; context = builtins.getContext (builtins.storePath x); };
in
[
  (show p)
  (show "${p}.drv")
  (show "${./files/text.txt}")
]
