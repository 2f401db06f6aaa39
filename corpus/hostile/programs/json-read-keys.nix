# memory: fromJSON of an object with a million keys
let k = builtins.concatStringsSep "," (builtins.genList (i: "\"k${toString i}\":{\"a\":${toString i}}") 1000000); in builtins.length (builtins.attrNames (builtins.fromJSON "{${k}}"))
