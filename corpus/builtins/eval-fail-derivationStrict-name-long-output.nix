# With .drv behind it the name must fit too.
derivationStrict { name = builtins.concatStringsSep "" (builtins.genList (x: "x") 210); builder = "/b"; system = "s"; }
