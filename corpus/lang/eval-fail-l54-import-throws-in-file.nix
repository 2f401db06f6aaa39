# A file that throws while it is evaluated. (L54, E5)
let f = import; in { x = f ./files/throws-at-once.nix; }
