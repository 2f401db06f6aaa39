# parse: import of a file of four million list elements, written just now
builtins.length (import (builtins.toFile "huge.nix" "[${builtins.foldl' (s: _: s + s) " 1.5" (builtins.genList (i: i) 22)}]"))
