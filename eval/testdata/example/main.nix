{ prices = import ./prices.nix; }
