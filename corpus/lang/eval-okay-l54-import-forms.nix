# import of a file, a directory with default.nix, an absolute string, a set that gives a path. (L54)
[ (import ./files/set.nix) (import ./files/dir).sibling (import ./files/dir/default.nix).dir (import "/pwd/lang/files/set.nix").a (import { outPath = ./files/set.nix; }).b (import (./files + "/set.nix")).a (map import [ ./files/set.nix ]) (import ./files/dir).here ]
