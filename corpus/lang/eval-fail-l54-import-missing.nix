# A file that does not exist. (L54)
{ a = import ./files/missing.nix; }
