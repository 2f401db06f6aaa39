# A throw in an imported file is caught, each time anew.
[
  (builtins.tryEval (import ./files/import/throws.nix))
  (builtins.tryEval (import ./files/import/throws.nix))
]
