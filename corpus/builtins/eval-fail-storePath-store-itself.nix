# The store directory itself is no store path.
builtins.storePath "/nix/store"
