# memory: concatLists of one list a thousand times, and that a thousand times
let go = n: l: if n == 0 then l else go (n - 1) (builtins.concatLists (builtins.genList (_: l) 1000)); in builtins.length (go 5 [ null ])
