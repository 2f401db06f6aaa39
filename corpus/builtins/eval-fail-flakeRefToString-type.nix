# flakeRefToString wants a set.
builtins.flakeRefToString "x"
