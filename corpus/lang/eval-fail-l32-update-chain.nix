# In a chain, the frame names the side that the set has. (L32)
{ } // { a = 1; } // "b" // { c = 1; }
