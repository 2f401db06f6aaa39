# A file that threw before. (L54, E5)
let x = import ./files/throws-at-once.nix; in builtins.seq (builtins.tryEval x) { again = import ./files/throws-at-once.nix; }
