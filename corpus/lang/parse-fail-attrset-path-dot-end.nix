# L17: a dot at the end of a path
{ a. = 1; }
