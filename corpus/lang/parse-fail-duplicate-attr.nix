# L56: a duplicate names the first position
{ a = 1; b = 2; a = 3; }
