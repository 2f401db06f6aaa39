# Reading calls it a file, everything else a path.
builtins.readFile <nix/missing>
