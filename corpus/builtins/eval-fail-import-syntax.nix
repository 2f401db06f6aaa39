# An error of syntax in the imported file has its position there.
import ./files/import/syntax.nix
