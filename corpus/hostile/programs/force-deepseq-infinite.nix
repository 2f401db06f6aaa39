# depth: deepSeq of a set without end
let from = n: { inherit n; next = from (n + 1); }; in builtins.deepSeq (from 0) 1
