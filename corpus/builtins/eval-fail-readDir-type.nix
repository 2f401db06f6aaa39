# readDir wants a path.
builtins.readDir [ ]
