# L37: `or` alone is no variable
let or = 1; in or
