# With the right hash builtins.path gives the same store path, in any notation.
let
  file = ./files/text.txt;
  hash = builtins.hashFile "sha256" file;
  sri = builtins.convertHash { inherit hash; hashAlgo = "sha256"; toHashFormat = "sri"; };
  plain = builtins.path { path = file; recursive = false; };
in
[
  (builtins.path { path = file; recursive = false; sha256 = hash; } == plain)
  (builtins.path { path = file; recursive = false; sha256 = sri; } == plain)
  (builtins.path { path = file; recursive = false; sha256 = "sha256:${hash}"; } == plain)
]
