# ... but not under with. (E5)
let f = with { }; x: y; in f 1
