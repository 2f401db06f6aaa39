# ... for !=. (L41)
{ r = 1 != throw "right"; }
