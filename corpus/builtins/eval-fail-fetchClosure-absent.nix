# Without the experimental feature there is no fetchClosure.
builtins.fetchClosure { }
