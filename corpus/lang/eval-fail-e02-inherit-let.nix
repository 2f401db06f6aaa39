# let inherit from the bound name. (E2)
let inherit (s) a; s = { b = a; } // a; in a
