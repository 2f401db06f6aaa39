# A string must be an absolute path.
builtins.pathExists "files"
