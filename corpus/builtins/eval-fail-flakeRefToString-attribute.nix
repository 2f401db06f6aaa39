# Values are strings, Booleans and integers.
builtins.flakeRefToString { type = "path"; path = [ ]; }
