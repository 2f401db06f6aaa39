# parse: import of a file of a million parentheses, written just now
let open = builtins.foldl' (s: _: s + s) "(" (builtins.genList (i: i) 20); in import (builtins.toFile "deep.nix" "${open}1${builtins.replaceStrings [ "(" ] [ ")" ] open}")
