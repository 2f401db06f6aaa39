{ b = import ./cycle-b.nix; }.b
