# L56: string and constant names count
{ a = 1; "a" = 2; }
