# A path outside of the store.
builtins.storePath "/pwd"
