# The name in the store must have a hash.
builtins.storePath "/nix/store/not-a-hash"
