# The frame of a file. (L54, E5)
{ x = (import ./files/throws.nix).now; }
