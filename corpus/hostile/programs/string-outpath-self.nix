# cycle: a set that is its own outPath
let s = { outPath = s; }; in "${s}"
