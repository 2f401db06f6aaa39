# A file that is not there.
import ./files/missing.nix
