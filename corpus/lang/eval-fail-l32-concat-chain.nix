# ++ is grouped from the right. (L32)
let t = x: builtins.trace x [ x ]; in t "a" ++ t "b" ++ t "c" ++ null
