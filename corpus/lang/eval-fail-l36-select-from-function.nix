# ... from a function. (L36)
{ f = x: x; }.f.y
