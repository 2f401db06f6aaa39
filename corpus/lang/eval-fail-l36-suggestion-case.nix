# Case counts as an edit. (L36, E6)
{ fooBar = 1; foobar = 2; FOOBAR = 3; }.foobaR
