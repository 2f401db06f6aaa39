# L17: no semicolon before the brace
{ a = 1 }
