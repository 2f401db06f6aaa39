# concatStringsSep wants a string as its first argument.
builtins.concatStringsSep 1 [ ]
