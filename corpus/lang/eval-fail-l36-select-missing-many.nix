# ... with several suggestions. (L36)
{ aa = 1; ab = 2; ac = 3; ba = 4; abc = 5; b = 6; }.a
