# The type is required.
builtins.flakeRefToString { owner = "x"; }
