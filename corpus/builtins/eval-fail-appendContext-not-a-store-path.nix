# Keys must be store paths.
builtins.appendContext "s" { "/a/x" = { path = true; }; }
