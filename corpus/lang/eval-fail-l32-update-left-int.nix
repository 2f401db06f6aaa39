# The left operand of // must be a set. (L32)
1 // { }
