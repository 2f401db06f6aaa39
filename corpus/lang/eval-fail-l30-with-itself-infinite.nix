# A set that needs itself to know its names. (L30, E2)
let s = with s; { inherit a; } // b; in s
