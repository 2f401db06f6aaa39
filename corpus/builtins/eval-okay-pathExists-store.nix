# A store path that is only computed does not exist.
[
  (builtins.pathExists "/nix/store/z1pfddb7lfpq1x3cv5mxp6sr1sjqjz6y-n")
  (builtins.pathExists (builtins.unsafeDiscardStringContext "${./files/text.txt}"))
]
