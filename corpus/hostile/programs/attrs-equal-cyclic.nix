# cycle: == of two cyclic sets that are equal as far as one looks
let a = { x = a; n = 1; }; b = { x = b; n = 1; }; in a == b
