# A string longer than 1024 bytes is cut in a message. (O2)
[ ] ++ builtins.concatStringsSep "" (builtins.genList (x: "0123456789") 110)
