# Merged parts of a set share no scope unless it is rec. (L17, L18)
let x = "outer"; in { a = { x = "inner"; y = x; }; a.z = x; b = rec { x = "inner"; y = x; }; b.z = x; }
