# storePath wants a path.
builtins.storePath 1
