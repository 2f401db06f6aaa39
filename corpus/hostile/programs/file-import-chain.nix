# host: files without end that are written, imported, and parsed
let l = builtins.genList (i: i) 10000; run = i: j: import (builtins.toFile "g${toString i}-${toString j}.nix" "let a = ${toString i}; in { b = a + ${toString j}; }");
in builtins.foldl' (n: i: builtins.foldl' (n: j: n + (run i j).b) n l) 0 l
