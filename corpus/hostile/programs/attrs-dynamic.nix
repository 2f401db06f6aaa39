# memory: a recursive set with a dynamic name that is its own text
let go = n: s: if n == 0 then s else go (n - 1) (rec { "${s}" = s; x = "${s}${s}"; }).x; in builtins.stringLength (go 60 "k")
