# The name must not have more than 211 characters.
derivationStrict { name = builtins.concatStringsSep "" (builtins.genList (x: "x") 212); builder = "/b"; system = "s"; }
