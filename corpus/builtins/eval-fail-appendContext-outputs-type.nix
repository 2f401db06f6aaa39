# outputs must be a list.
builtins.appendContext "s" { "/nix/store/z1pfddb7lfpq1x3cv5mxp6sr1sjqjz6y-n.drv" = { outputs = "out"; }; }
