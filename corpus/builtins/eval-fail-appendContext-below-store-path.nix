# A path inside a store path is none.
builtins.appendContext "s" { "/nix/store/z1pfddb7lfpq1x3cv5mxp6sr1sjqjz6y-n/sub" = { path = true; }; }
