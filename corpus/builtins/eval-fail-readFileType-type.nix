# readFileType wants a path.
builtins.readFileType null
