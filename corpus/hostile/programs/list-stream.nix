# memory: a stream that somebody holds by its head
let from = n: { head = n; tail = from (n + 1); }; s = from 0; l = builtins.genList (i: i) 100000;
in builtins.seq (builtins.foldl' (s: _: builtins.foldl' (s: _: builtins.seq s.head s.tail) s l) s l) s.head
