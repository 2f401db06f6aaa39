# Addition that leaves the integers. (L3)
let max = 9223372036854775807; in [ (max + 1) ]
