# cycle: the fixed point of the identity
let fix = f: let x = f x; in x; in fix (x: x)
