# time: fromJSON of an object with one key, a million times
builtins.fromJSON "{${builtins.concatStringsSep "," (builtins.genList (i: "\"k\":{\"k\":${toString i}}") 1000000)}}"
