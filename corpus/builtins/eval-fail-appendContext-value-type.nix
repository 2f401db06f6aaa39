# The value of a key must be a set.
builtins.appendContext "s" { "/nix/store/z1pfddb7lfpq1x3cv5mxp6sr1sjqjz6y-n" = true; }
