# cycle: toXML of a set that contains itself
let x = { a = x; b = [ x ]; }; in builtins.toXML x
