# The path is required.
builtins.fetchClosure { fromStore = "https://example.org"; }
