# L24: let inherits from outside, not from itself
let inherit a; b = a; in b
