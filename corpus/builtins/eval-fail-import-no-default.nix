# A directory without default.nix.
import ./files/tree
