# A name that let does not bind. (L23)
let a = 1; in let b = a; in a + c
