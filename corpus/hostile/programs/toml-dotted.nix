# depth: fromTOML of a key with a hundred thousand dots
builtins.fromTOML "${builtins.concatStringsSep "." (builtins.genList (i: "a") 100000)} = 1"
