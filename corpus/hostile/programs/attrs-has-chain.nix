# depth: ? asked of a set that asks ? of a set
let go = n: { ${if (go (n + 1)) ? a then "a" else "b"} = 1; }; in go 0 ? a
