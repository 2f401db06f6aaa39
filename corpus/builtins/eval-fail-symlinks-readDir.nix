# A link to a file is no directory.
builtins.readDir ./files/links/to-file
