# Calling an imported function with a missing argument.
import ./files/import/function.nix { b = 1; }
