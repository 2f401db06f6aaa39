# A path that is not there.
builtins.readFileType ./files/missing
