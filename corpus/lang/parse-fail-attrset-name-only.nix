# L17: a name and a semicolon
{ a; }
