# memory: abort with a giant message
abort (builtins.concatStringsSep "\n" (builtins.genList (i: "line ${toString i}") 30000000))
