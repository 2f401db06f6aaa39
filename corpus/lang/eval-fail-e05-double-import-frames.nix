# Frames through a function of another file, called back. (E5, L54)
let lib = import ./lib-functions.nix; in lib.twice (x: if x == 2 then lib.fail "at ${toString x}" else x + 1) 1
