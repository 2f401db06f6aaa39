# A shadowed true is no condition. (L55)
let true = 1; in if true then 1 else 2
