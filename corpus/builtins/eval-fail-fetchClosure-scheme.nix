# Only stores of http and https are read.
builtins.fetchClosure { fromStore = "file:///x"; fromPath = /nix/store/z1pfddb7lfpq1x3cv5mxp6sr1sjqjz6y-n; }
