# ... nor by negative zero. (L5)
let zero = 0.0 * -1; in 1.0 / zero
