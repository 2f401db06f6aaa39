# An undefined variable is found before anything of the file runs.
builtins.isFunction (import ./files/import/undefined.nix)
