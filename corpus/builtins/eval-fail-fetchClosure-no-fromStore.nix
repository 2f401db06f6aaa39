# The store is required.
builtins.fetchClosure { fromPath = /nix/store/z1pfddb7lfpq1x3cv5mxp6sr1sjqjz6y-n; }
