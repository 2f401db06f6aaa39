# L37: or as an argument is a variable.
let or = throw "or"; f = x: x; in f or
