# depth: Y, and a function that never stops asking for more
let y = f: (x: x x) (x: f (z: x x z)); in y (self: n: 1 + self (n + 1)) 0
