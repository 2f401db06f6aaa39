# concatStringsSep wants a list as its second argument.
builtins.concatStringsSep "," "a"
