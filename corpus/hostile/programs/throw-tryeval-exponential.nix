# time: each failure tries two others first
let go = n: if n == 0 then throw "end" else let a = builtins.tryEval (go (n - 1)); b = builtins.tryEval (go (n - 1)); in if a.success || b.success then 1 else throw "both"; in go 100
