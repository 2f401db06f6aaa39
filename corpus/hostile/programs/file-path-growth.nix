# memory: a path that doubles
let go = n: p: if n == 0 then p else go (n - 1) (p + "/${baseNameOf p}${toString p}"); in go 60 /a
