# A syntax error in an imported file. (L54)
[ (import ./files/syntax-error.nix) ]
