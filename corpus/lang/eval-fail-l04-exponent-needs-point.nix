# 1e3 is the integer 1 applied to e3. (L4)
let e3 = 0; in 1e3
