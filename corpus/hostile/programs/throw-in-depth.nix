# errors: a throw below a hundred thousand calls, each a frame of the trace
let f = n: if n == 0 then throw "bottom" else 1 + f (n - 1); in f 9000
