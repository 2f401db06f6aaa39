# An attribute of mapAttrs that needs itself runs until the call depth ends it. (E2, E3)
let s = builtins.mapAttrs (n: v: s.${n}) { a = 1; }; in s
