# L12: a URL is no attribute name
{ a:b = 1; }
