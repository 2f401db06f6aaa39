# An operand that throws. (L32)
{ a = 1; } // (throw "right") // { b = 2; }
