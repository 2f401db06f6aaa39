# memory: every frame of the trace has a message of a megabyte
let s = builtins.foldl' (s: _: s + s) "x" (builtins.genList (i: i) 20); go = n: if n == 0 then throw "end" else builtins.addErrorContext "${toString n}${s}" (go (n - 1) + 1); in go 5000
