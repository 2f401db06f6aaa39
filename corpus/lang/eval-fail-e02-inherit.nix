# inherit from the set itself. (E2)
let s = { inherit (s) a; }; in s.a
