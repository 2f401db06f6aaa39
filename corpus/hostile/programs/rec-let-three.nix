# cycle: three names that stand for each other
let a = b; b = c; c = a + 1; in a
