# L56: a syntax error before the end of the duplicate
{ a = 1; a = 2 }
