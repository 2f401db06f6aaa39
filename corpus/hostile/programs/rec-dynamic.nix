# cycle: the name of an attribute is the value of the set
let s = { ${s.a} = "a"; }; in s
