# cycle: toJSON of a set that contains itself
let x = { a = x; }; in builtins.toJSON x
