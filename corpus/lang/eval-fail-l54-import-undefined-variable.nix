# An undefined variable in an imported file. (L54)
let y = 1; in import ./files/undefined.nix
