# Negation subtracts from zero, so the smallest integer cannot be negated. (L3, L33)
let min = -9223372036854775807 - 1; in -min
