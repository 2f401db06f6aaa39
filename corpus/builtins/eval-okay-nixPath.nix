# nixPath shows the entries of -I in order.
[
  builtins.nixPath
  <first/x.nix>
  <y.nix>
  (builtins.attrNames (builtins.head builtins.nixPath))
]
