# L56: a path into something that is no set literal
{ a = 1; a.b = 2; }
