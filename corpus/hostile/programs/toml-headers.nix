# time: fromTOML of a hundred thousand tables, each below the last
let keys = builtins.genList (i: "[a${toString i}.b.c]\nd = ${toString i}\n") 300000; in builtins.length (builtins.attrNames (builtins.fromTOML (builtins.concatStringsSep "" keys)))
