# a->b is a- > b, so a- must exist. (L35)
let a = true; b = false; in a->b
