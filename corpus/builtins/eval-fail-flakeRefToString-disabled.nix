# flakeRefToString is there but needs flakes.
builtins.flakeRefToString { type = "indirect"; id = "x"; }
