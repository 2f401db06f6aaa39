# The right operand of // must be a set. (L32)
{ a = 1; } // [ 1 ]
