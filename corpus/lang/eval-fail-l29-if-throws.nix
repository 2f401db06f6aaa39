# The frame of a condition that throws. (L29)
let c = throw "condition"; in { a = if c == 1 then 1 else 2; }
