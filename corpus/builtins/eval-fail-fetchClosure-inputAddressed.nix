# toPath and inputAddressed do not go together.
builtins.fetchClosure { fromStore = "https://example.org"; fromPath = /nix/store/z1pfddb7lfpq1x3cv5mxp6sr1sjqjz6y-n; toPath = ""; inputAddressed = true; }
