# ... with frames that repeat in turn. (E3, E5)
let f = n: g (n + 1); g = n: f n; in { r = f 0; }
