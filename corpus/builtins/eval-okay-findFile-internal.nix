# The prefix nix stands for files that are part of the program.
[
  (builtins.typeOf <nix/fetchurl.nix>)
  (builtins.isFunction (import <nix/fetchurl.nix>))
  (builtins.pathExists <nix/fetchurl.nix>)
]
