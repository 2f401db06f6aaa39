# An attribute path that does not exist. (C5)
{ a.b = 1; }
