# A function of another file: frames name both files. (L54, E5)
(import ./lib-functions.nix).strict { a = 1; b = 2; }
