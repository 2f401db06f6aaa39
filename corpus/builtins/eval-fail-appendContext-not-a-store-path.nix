# Keys must be store paths.
builtins.appendContext "s" { "/tmp/x" = { path = true; }; }
