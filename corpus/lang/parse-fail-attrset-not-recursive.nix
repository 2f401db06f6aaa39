# L17: a plain set does not see its own names
{ a = 1; b = a; }
