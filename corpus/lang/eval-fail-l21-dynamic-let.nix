# let takes no dynamic names, but constant ones in quotes. (L21)
let n = "x"; ${n} = 1; in 1
