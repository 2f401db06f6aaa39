# cycle: the fixed point of a successor
let fix = f: let x = f x; in x; in fix (x: x + 1)
