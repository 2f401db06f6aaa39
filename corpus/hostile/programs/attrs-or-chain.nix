# depth: a default within a default within a default
let go = n: { }.a or ({ }.b or (go (n + 1))).c or (go n); in go 0
