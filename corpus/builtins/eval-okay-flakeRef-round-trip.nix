# What parseFlakeRef reads, flakeRefToString writes.
map (r: builtins.flakeRefToString (builtins.parseFlakeRef r) == r) [
  "github:NixOS/nixpkgs/nixos-25.05"
  "flake:nixpkgs"
  "git+https://example.org/x?ref=main"
  "path:/a/b"
]
