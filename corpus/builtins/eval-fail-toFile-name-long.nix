# The name must not have more than 211 characters.
builtins.toFile (builtins.concatStringsSep "" (builtins.genList (x: "x") 212)) ""
