# L20: no parentheses around a name
{ ("a") = 1; }
