# recursive must be a Boolean.
builtins.path { path = ./files/tree; recursive = "no"; }
