# A recursive attribute refers to itself, not to the outer name. (L17, E2)
let x = 1; in rec { x = x + 1; }.x
