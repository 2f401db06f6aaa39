# ... in rec, through another attribute. (E2)
rec { a = b; b = a; }
