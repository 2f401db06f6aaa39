# ... with nothing near. (L36)
{ completely = 1; different = 2; }.x
