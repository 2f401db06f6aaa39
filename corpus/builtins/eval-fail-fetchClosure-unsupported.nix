# Other attributes are errors.
builtins.fetchClosure { from = "x"; }
