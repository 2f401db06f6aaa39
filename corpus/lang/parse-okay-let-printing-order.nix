# L23: bindings print sorted
let z = 1; a = 2; inherit (a) y; m = 3; in z
