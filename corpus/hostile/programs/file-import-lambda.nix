# parse: import of a function with a hundred thousand formals
let names = builtins.concatStringsSep ", " (builtins.genList (i: "a${toString i} ? ${toString i}") 100000); in import (builtins.toFile "formals.nix" "{ ${names} }: a0") { }
