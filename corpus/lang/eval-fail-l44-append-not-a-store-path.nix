# appendContext takes store paths only. (L44)
builtins.appendContext "a" { "/home/x" = { path = true; }; }
