# cycle: a condition that is its own answer
let x = if x then 1 else 2; in x
