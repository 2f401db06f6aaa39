# inherit from what is not a set. (L24)
let inherit (1) a; in a
