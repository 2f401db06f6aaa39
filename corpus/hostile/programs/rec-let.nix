# cycle: a name that is itself
let x = x; in x
