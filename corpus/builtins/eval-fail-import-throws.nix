# An error while the file is evaluated.
import ./files/import/throws.nix
