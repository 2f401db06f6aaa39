# A directory that is not there.
builtins.readDir ./files/missing
