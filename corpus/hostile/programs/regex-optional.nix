# time: a?^n a^n, on which backtracking takes 2^n steps
let rep = n: s: builtins.concatStringsSep "" (builtins.genList (_: s) n); in builtins.match "${rep 2000 "a?"}${rep 2000 "a"}" (rep 2000 "a")
