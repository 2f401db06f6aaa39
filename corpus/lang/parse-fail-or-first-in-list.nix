# L37: `or` as first list element
let or = 1; in [ or ]
