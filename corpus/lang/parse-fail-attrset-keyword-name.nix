# L20: a keyword is no name
{ a = 1; if = 2; }
