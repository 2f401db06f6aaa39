# Parts of a string from left to right. (L53)
let t = x: builtins.trace x x; in "${t "a"} ${t "b"} ${t { outPath = t "c"; }}${throw "end"}"
