# Two files that import each other. (L54, E2)
import ./files/cycle-a.nix
