# Addition that leaves the integers at the lower end. (L3)
let min = -9223372036854775807 - 1; in min + -1
