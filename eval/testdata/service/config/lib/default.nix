rec {
  genAttrs = names: f: builtins.listToAttrs (map (name: { inherit name; value = f name; }) names);
  round = x: builtins.floor (x + 0.5);
  prices = builtins.fromJSON (builtins.readFile ./prices.json);
}
