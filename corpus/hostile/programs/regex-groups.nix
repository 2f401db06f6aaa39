# memory: a hundred thousand groups
builtins.match (builtins.concatStringsSep "" (builtins.genList (i: "(a?)") 100000)) "aaaa"
