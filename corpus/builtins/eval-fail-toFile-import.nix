# The store is only computed, not written, so the file cannot be imported.
import (builtins.toFile "x.nix" "1 + 1")
