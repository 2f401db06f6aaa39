# ... nor an error in a name. (L36)
{ a = 1; }.${throw "name"} or 1
