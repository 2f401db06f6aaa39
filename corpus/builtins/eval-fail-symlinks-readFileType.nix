# readFileType does not follow links on the way either.
builtins.readFileType ./files/links/to-tree/sub
