# L51: a semicolon at the end
{ a = 1; };
