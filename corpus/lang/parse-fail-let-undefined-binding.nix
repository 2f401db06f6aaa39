# L23: an unknown name in a binding
let a = b; c = 1; in a
