# A directory without default.nix. (L54)
import ./files/empty-dir
