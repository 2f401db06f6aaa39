# memory: a name of an attribute that is twice as long each time
let go = n: let s = { ${n} = 1; }; in if s ? ${n} then go (n + n) else s; in go "name"
