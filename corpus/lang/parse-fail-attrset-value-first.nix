# L17: a number is no name
{ 1 = 2; }
