# null is no name in a selection. (L20, L36)
{ a = 1; }.${null}
