# time: deepSeq of 2^60 paths through sixty sets
let go = n: s: if n == 0 then s else go (n - 1) { a = s; b = s; }; in builtins.deepSeq (go 60 { }) 1
