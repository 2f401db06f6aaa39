# The default limit, and how many frames are left out. (E3, E5)
let f = x: f (x + 1); in f 0
