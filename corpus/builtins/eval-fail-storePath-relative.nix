# A relative path.
builtins.storePath "nix/store"
