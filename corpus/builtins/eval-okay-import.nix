# import reads a file, the default.nix of a directory, and paths as strings.
[
  (import ./files/import)
  (import ./files/import/value.nix)
  (import (toString ./files/import/value.nix)).value
  (import (toString ./files/import)).name
  (import (./files + "/import")).name
  (import { outPath = ./files/import/value.nix; }).value
  (import ./files/import/function.nix { a = 1; })
  (import ./files/import/pos.nix)
  (import "${toString ./files/import}/").name
  (map import [ ./files/import/value.nix ])
  (import ./files/search/one/lib)
]
