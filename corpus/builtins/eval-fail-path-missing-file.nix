# A path that is not there.
builtins.path { path = ./files/missing; }
