# References to flakes as sets.
map builtins.parseFlakeRef [
  "github:NixOS/nixpkgs"
  "github:NixOS/nixpkgs/nixos-25.05"
  "github:NixOS/nixpkgs/23.05?dir=lib"
  "github:NixOS/nixpkgs?host=example.org"
  "gitlab:owner/repo"
  "sourcehut:~owner/repo"
  "nixpkgs"
  "nixpkgs/release-1"
  "flake:nixpkgs"
  "git+https://example.org/x?ref=main"
  "git+ssh://git@example.org/x.git"
  "https://example.org/x.tar.gz"
  "tarball+https://example.org/x"
  "file+https://example.org/x"
  "path:/a/b"
  "/a/b"
]
