# Sets as references to flakes.
map builtins.flakeRefToString [
  { type = "github"; owner = "NixOS"; repo = "nixpkgs"; }
  { type = "github"; owner = "NixOS"; repo = "nixpkgs"; ref = "23.05"; dir = "lib"; }
  { type = "indirect"; id = "nixpkgs"; }
  { type = "path"; path = "/a/b"; }
  { type = "git"; url = "https://example.org/x"; shallow = true; }
  { type = "tarball"; url = "https://example.org/x.tar"; }
]
