# A long string in a message is cut.
builtins.length (builtins.concatStringsSep "" (builtins.genList (n: "0123456789") 200))
