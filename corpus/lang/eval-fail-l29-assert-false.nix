# A failed assertion shows its condition as it is parsed. (L29)
let x = 1; in assert x > 2 && !(x < 0 || x == 5) -> true != false; assert false || (x: x) 1 == 2; x
