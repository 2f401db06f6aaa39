# Of short names. (L36, E6)
{ ab = 1; b = 2; abcd = 3; xyz = 4; }.abc
